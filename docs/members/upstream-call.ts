import { type ActionMembers, type Members, member } from './members.ts';

/** Upstream itself, called as somebody has written it. */
export const upstreamCallActions: Readonly<Record<string, ActionMembers>> = {
  CallUpstream: {
    upstream: false,
    request: {
      Action: member(
        'string',
        '`ChannelCreateMultiFlowSignQRCode`、`ChannelCancelMultiFlowSignQRCode`、`DescribeTemplates`',
        '`ChannelCreateMultiFlowSignQRCode`, `ChannelCancelMultiFlowSignQRCode` or `DescribeTemplates`',
      ),
      Request: member(
        'any',
        '请求体，原样发送；有误也照发，由上游拒绝',
        'the body, sent as it is: what is wrong with it is for upstream to refuse',
      ),
      DryRun: member(
        'boolean?',
        '只给出请求与签名过程，不发送',
        'shows the request and its signature, and sends nothing',
      ),
    },
    answer: {
      Action: member('string', '所调用的接口', 'what was called'),
      Endpoint: member('string', '上游地址', 'where upstream is'),
      IsReal: member(
        'boolean',
        '是否为本机以外的上游；否则为仿真服务',
        'whether upstream is elsewhere than on this machine, where the emulator is',
      ),
      MayCall: member(
        'boolean',
        '是否允许发送（`EXPLORER_REAL_CALLS`）',
        'whether something may be sent there (`EXPLORER_REAL_CALLS`)',
      ),
      Problems: member(
        'UpstreamProblem[]',
        '按文档检查出的问题，不影响发送',
        'what is wrong with it by the documents; it is sent all the same',
      ),
      Sent: member('UpstreamRequest', '发出的请求', 'what is sent'),
      Signature: member('UpstreamSignature', '签名的各步', 'how it is signed, step by step'),
      Received: member('UpstreamAnswer?', '收到的应答；试运行时为 null', 'what came back; null of a dry run'),
    },
  },
};

export const upstreamCallStructs = {
  UpstreamProblem: {
    Path: member('string', '位置；空为整体', 'where: a dotted path, empty for the whole'),
    Message: member('string', '说明', 'what'),
  },
  UpstreamRequest: {
    Url: member('string', '地址', 'where to, by `POST`'),
    Headers: member(
      'any',
      '请求头；密钥、签名与 Token 处为占位',
      'its headers, with places for the key id, the signature and the token',
    ),
    Body: member('string', '请求体，与签名所用逐字节相同', 'the body: the bytes that are signed'),
  },
  UpstreamSignature: {
    CanonicalRequest: member('string', '规范请求串', 'the canonical request'),
    HashedCanonicalRequest: member('string', '其 SHA-256', 'its SHA-256'),
    CredentialScope: member('string', '凭证范围：UTC 日期与产品', 'the date, by UTC, and the service'),
    StringToSign: member('string', '待签名字符串', 'what is signed'),
    Authorization: member(
      'string',
      'Authorization 头，密钥编号与签名处为占位',
      'the header, with places for the key id and the signature',
    ),
  },
  UpstreamAnswer: {
    Status: member('integer', 'HTTP 状态', 'the HTTP status'),
    Headers: member('any', '应答头', 'its headers'),
    Body: member(
      'string',
      '应答体；其中的密钥与签名已隐去',
      'its body, without what is secret of the request',
    ),
    DurationMs: member(
      'integer',
      '从发出到收完，毫秒',
      'from sending to the end of the answer, milliseconds',
    ),
  },
} satisfies Readonly<Record<string, Members>>;
