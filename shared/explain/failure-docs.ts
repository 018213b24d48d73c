import type { FailureCode } from '../errors.ts';
import type { Text } from '../text.ts';

/** Why one of our own failures arrives and what to do about it. What it means stands in `shared/errors.ts`. */
export interface FailureDoc {
  cause: Text;
  remedy: Text;
}

export const failureDocs: Readonly<Record<FailureCode, FailureDoc>> = {
  MalformedBody: {
    cause: {
      zh: '请求体不是 UTF-8 的 JSON 对象，或含重复、危险、过深的键',
      en: 'The body is no JSON object in UTF-8, or has keys that repeat, are dangerous or nest too deep',
    },
    remedy: { zh: '修正请求体', en: 'Correct the body' },
  },
  InvalidRequest: {
    cause: {
      zh: '字段缺失、多余或取值不符',
      en: 'Fields are missing, unknown or have a value that is not allowed',
    },
    remedy: {
      zh: 'errors 列出了全部问题及其路径，一次改完',
      en: 'errors names every problem with its path: correct them all',
    },
  },
  Unauthenticated: {
    cause: {
      zh: '没有 Authorization 头，或 API 密钥有误、过期、已吊销',
      en: 'There is no Authorization header, or the API key is wrong, expired or revoked',
    },
    remedy: { zh: '发送 Authorization: Bearer <API 密钥>', en: 'Send Authorization: Bearer <api key>' },
  },
  NotificationUnproven: {
    cause: {
      zh: '发给 callback-handler 的请求没有 Content-Signature 头，或签名与任何 Token 均不符',
      en: 'What was posted to callback-handler has no Content-Signature, or one that fits no token',
    },
    remedy: {
      zh: '日志与 DescribeNotifications 的 Verdict 写明了原因；核对 ESS_CALLBACK_TOKENS 与腾讯侧的配置',
      en: 'The log and the Verdict in DescribeNotifications say why: compare ESS_CALLBACK_TOKENS with what is set at Tencent',
    },
  },
  NotificationUnreadable: {
    cause: {
      zh: '签名正确，但无法解密、不是 JSON、缺少 MsgId 或 MsgType，或为不接受的明文',
      en: 'The signature is right, but the message cannot be decrypted, is no JSON, has no MsgId or MsgType, or came in plain text that is not accepted',
    },
    remedy: {
      zh: '日志与 DescribeNotifications 的 Verdict 写明了原因；核对 ESS_CALLBACK_KEYS 与腾讯侧的配置',
      en: 'The log and the Verdict in DescribeNotifications say why: compare ESS_CALLBACK_KEYS with what is set at Tencent',
    },
  },
  Forbidden: {
    cause: {
      zh: 'API 密钥的角色或企业范围不含此操作',
      en: 'The role of the API key, or the organisations it is made for, do not include this',
    },
    remedy: { zh: '换用具备权限的密钥', en: 'Use a key that may do this' },
  },
  NotFound: {
    cause: {
      zh: '路径或编号不存在，或属于其他企业',
      en: 'The path or the id does not exist, or belongs to another organisation',
    },
    remedy: { zh: '核对路径与编号', en: 'Check path and id' },
  },
  MethodNotAllowed: {
    cause: { zh: '此路径不支持该请求方法', en: 'The path does not take this method' },
    remedy: {
      zh: '改用 Allow 头列出的方法；各接口均为 POST',
      en: 'Use one that the Allow header lists; actions take POST',
    },
  },
  StateConflict: {
    cause: { zh: '对象处于不允许此操作的状态', en: 'The state of the thing does not permit the operation' },
    remedy: {
      zh: '查看 detail 中的当前状态，再决定下一步',
      en: 'Read the current state in detail, then decide',
    },
  },
  VersionConflict: {
    cause: { zh: '读取之后已被他人修改', en: 'It was changed after you had read it' },
    remedy: { zh: '重新读取，合并后再提交', en: 'Read it again, merge, and send the new version' },
  },
  PreconditionFailed: {
    cause: {
      zh: '读取之后已被他人修改，版本已不是 If-Match 所指',
      en: 'It was changed after you had read it: its version is another than that of If-Match',
    },
    remedy: { zh: '重新读取，合并后以新的 ETag 再提交', en: 'Read it again, merge, and send the new ETag' },
  },
  IdempotencyKeyInUse: {
    cause: {
      zh: '相同 Idempotency-Key 的请求尚未完成',
      en: 'The first request with this Idempotency-Key has not ended',
    },
    remedy: {
      zh: '按 Retry-After 等待，用同一键原样重试',
      en: 'Wait as Retry-After says, then send the same request with the same key',
    },
  },
  BodyTooLarge: {
    cause: { zh: '请求体超过平台的 6 MB 上限', en: 'The body is over the 6 MB of the platform' },
    remedy: { zh: '减小请求体', en: 'Send less' },
  },
  UnsupportedMediaType: {
    cause: { zh: 'Content-Type 不是 application/json', en: 'Content-Type is not application/json' },
    remedy: { zh: '改为 application/json', en: 'Send application/json' },
  },
  IdempotencyKeyReused: {
    cause: {
      zh: '此 Idempotency-Key 曾用于不同的请求体',
      en: 'This Idempotency-Key came with another payload before',
    },
    remedy: { zh: '新的请求用新的键', en: 'Give a new request a new key' },
  },
  TemplateUnfit: {
    cause: { zh: '模板不满足签署码的条件', en: 'The template breaks the conditions for a sign code' },
    remedy: {
      zh: 'errors 列出了每一条原因；修改模板或另选模板',
      en: 'errors names every reason; change the template or take another',
    },
  },
  RateLimited: {
    cause: {
      zh: '本部署对该接口的上游频率额度已用完；无密钥的入口则是同一地址被拒绝的请求过多',
      en: "This deployment has used up upstream's rate limit of the action; where no key is asked for, too many requests of the address were turned away",
    },
    remedy: { zh: '按 Retry-After 等待后重试', en: 'Wait as Retry-After says, then try again' },
  },
  KeyRateLimited: {
    cause: {
      zh: '此 API 密钥在一分钟内的请求数超过 API_KEY_REQUESTS_PER_MINUTE',
      en: 'The API key has called more often in a minute than API_KEY_REQUESTS_PER_MINUTE allows',
    },
    remedy: {
      zh: '按 Retry-After 等待后重试；每次应答的 RateLimit 头给出余量',
      en: 'Wait as Retry-After says, then try again; the field RateLimit of each answer says what is left',
    },
  },
  InternalFailure: {
    cause: { zh: '本项目的缺陷', en: 'A defect of this project' },
    remedy: {
      zh: '携带 requestId 反馈；详情在函数日志中',
      en: 'Report it with requestId; the log of the function has the details',
    },
  },
  Misconfigured: {
    cause: { zh: '部署缺少配置，或配置有误', en: 'Configuration is missing or wrong' },
    remedy: { zh: '由部署者按 detail 列出的名称补全', en: 'The operator sets what detail names' },
  },
  DatabaseUnavailable: {
    cause: { zh: '数据库停机、重启或网络不通', en: 'The database is down, restarting or cut off' },
    remedy: { zh: '按 Retry-After 等待后重试', en: 'Wait as Retry-After says, then try again' },
  },
  DeadlineExceeded: {
    cause: {
      zh: '函数所剩时间不足以安全完成，故未开始',
      en: 'The function had too little time left to finish safely, so it did not begin',
    },
    remedy: {
      zh: '重试；若频繁，由部署者延长超时',
      en: 'Try again; if it is frequent, the operator raises the time-out',
    },
  },
  UpstreamUnreachable: {
    cause: {
      zh: '域名解析、连接或 TLS 失败，请求未发出',
      en: 'Name, connection or TLS failed before anything was sent',
    },
    remedy: {
      zh: '可放心重试；若持续，由部署者检查 ESS_ENDPOINT 与网络',
      en: 'Trying again is safe; if it stays, the operator checks ESS_ENDPOINT and the network',
    },
  },
  UpstreamTimeout: {
    cause: {
      zh: '上游响应过慢；此请求可以重复而无害',
      en: 'Upstream was too slow; the request is one that may be repeated without harm',
    },
    remedy: { zh: '稍后重试', en: 'Try again later' },
  },
  UpstreamMalformedAnswer: {
    cause: {
      zh: '应答不是约定的 JSON，可能来自代理，或上游改变了格式',
      en: 'The answer is not the JSON agreed on: a proxy wrote it, or upstream changed its format',
    },
    remedy: {
      zh: '由部署者检查 ESS_ENDPOINT 与代理；若为创建，签署码可能已生成',
      en: 'The operator checks ESS_ENDPOINT and proxies; after a create, a code may exist',
    },
  },
  UpstreamHttpStatus: {
    cause: {
      zh: '上游或途中的网关返回了非 200 状态',
      en: 'Upstream, or a gateway on the way, answered with a status other than 200',
    },
    remedy: {
      zh: '稍后重试；若为创建，签署码可能已生成，须先确认',
      en: 'Try again later; after a create, first make sure that no code exists',
    },
  },
  UnknownOutcome: {
    cause: {
      zh: '请求发出后连接中断或超时，是否生效无从得知',
      en: 'The connection broke or the time ran out after sending: whether it had its effect cannot be known',
    },
    remedy: {
      zh: '勿直接重发创建，否则可能多出一个签署码；取消可以重发',
      en: 'Do not simply send a create again, it may leave a second code; a cancel may be sent again',
    },
  },
};
