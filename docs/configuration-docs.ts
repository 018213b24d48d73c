import type { VariableName } from '../shared/runtime/config.ts';
import type { Text } from '../shared/text.ts';

/** What each variable is for. Its default and whether it is a secret stand in `shared/runtime/config.ts`. */
export const configurationDocs: Readonly<Record<VariableName, Text>> = {
  ESS_SECRET_ID: {
    zh: '调用电子签所用云 API 密钥的 SecretId',
    en: 'SecretId of the Cloud API key that calls Tencent e-sign',
  },
  ESS_SECRET_KEY: {
    zh: '与 ESS_SECRET_ID 对应的 SecretKey',
    en: 'SecretKey that belongs to ESS_SECRET_ID',
  },
  ESS_SECRET_TOKEN: {
    zh: '使用临时密钥时的 Token，以 X-TC-Token 发送；临时密钥过期后须连同前两项一起更换',
    en: 'Token of temporary credentials, sent as X-TC-Token; when they expire, all three have to be replaced',
  },
  ESS_APP_ID: {
    zh: '第三方平台应用的 AppId；请求未填 Agent.AppId 时使用。限定企业的 API 密钥只能使用此应用',
    en: 'AppId of the third-party application, used where a request leaves Agent.AppId out. An API key that is made for certain organisations may use no other application',
  },
  ESS_ENDPOINT: {
    zh: '上游地址。仅本机地址可用 http://',
    en: 'Where upstream is. http:// only for an address of the same machine',
  },
  ESS_REQUESTS_PER_SECOND: {
    zh: '上游允许账号对每个接口的每秒请求数，所有函数合计；默认 20',
    en: 'Requests per second that upstream allows the account for each action, all functions together; 20 unless Tencent has raised it',
  },
  EXPLORER_REAL_CALLS: {
    zh: '管理员能否在 API Explorer（CallUpstream）中调用本机以外的上游：refuse 或 allow。allow 时，调用以真实密钥执行：创建的签署码真实有效、不在登记库中，有人扫码即消耗合同额度；与其他函数共用频率限制',
    en: "Whether an administrator's calls from the API Explorer (CallUpstream) may go to an upstream that is not on this machine: refuse or allow. With allow they are made with the real key: a code that is made there is real, is not in the register, and uses up contracts of the organisation when somebody scans it. The rate limit is the one of all functions",
  },
  ESS_CALLBACK_KEYS: {
    zh: '回调解密密钥（CallbackUrlKey），各 32 个字符，以逗号分隔，新的在前，便于轮换；除非 ESS_CALLBACK_PLAINTEXT 为 accept，接收回调必填',
    en: 'Keys that decrypt notifications (CallbackUrlKey), 32 characters each, comma-separated, the newest first, for rotation. Notifications are received only with one, unless ESS_CALLBACK_PLAINTEXT is accept',
  },
  ESS_CALLBACK_TOKENS: {
    zh: '回调验签 Token，以逗号分隔，新的在前，便于轮换；未签名的回调一律拒收',
    en: 'Tokens that prove who sent a notification, comma-separated, the newest first, for rotation. What is not signed is never accepted',
  },
  ESS_CALLBACK_PLAINTEXT: {
    zh: '是否接收未加密（仍须签名）的回调：refuse 或 accept',
    en: 'Whether notifications are accepted that are signed but not encrypted: refuse or accept',
  },
  DATABASE_URL: {
    zh: 'PostgreSQL 连接地址',
    en: 'Address of the PostgreSQL database',
  },
  REGISTER_KEYS: {
    zh: '登记库中签署人信息以及事件订阅的地址与密钥的加密密钥：32 字节的 base64，多个以逗号分隔，新的在前；不填则不能创建限定签署人的签署码，也不能订阅事件',
    en: 'Keys that seal what names signers in the register, and the addresses and secrets of event subscriptions: 32 bytes in base64 each, comma-separated, the newest first; without one, codes with Restrictions cannot be created and events cannot be subscribed to',
  },
  PUBLIC_BASE_URL: {
    zh: '函数对外的地址，稳定链接与回调地址由此拼成；http:// 仅限本机与局域网（RFC 1918）地址',
    en: 'Where the functions are reached from outside; stable links and callback addresses begin with it. http:// only for the same machine and addresses of a private network (RFC 1918)',
  },
  CALLBACK_BASE_URL: {
    zh: '电子签回调本系统的地址，创建签署码时作为 CallbackUrl 上送；不填则为 PUBLIC_BASE_URL 加 /callback-handler',
    en: 'Where Tencent reaches the callback-handler, sent as CallbackUrl with every code; PUBLIC_BASE_URL and /callback-handler unless set',
  },
  DELIVERY_ALLOW_LOOPBACK: {
    zh: '是否允许向本机（127.0.0.1、::1、localhost）发送事件，包括不加密的 http://；仅用于本机运行，云上保持默认的 false',
    en: 'Whether events may be sent to the machine itself (127.0.0.1, ::1, localhost), http:// included. For a run on one machine; leave it at false in the cloud',
  },
  API_KEY_HASH: {
    zh: '管理员 API 密钥的 SHA-256（64 位十六进制），可有多个，以逗号分隔；无需数据库即可使用',
    en: "SHA-256 (64 hexadecimal digits) of administrators' API keys, several separated by commas; they work without the database",
  },
  API_KEY_REQUESTS_PER_MINUTE: {
    zh: '每个 API 密钥每分钟的请求数，默认 3000；超出则应答 429，Retry-After 为本分钟窗口的剩余秒数。API_KEY_HASH 中的密钥不受限',
    en: 'Requests that an API key may make in a minute, 3000 unless set; more are answered 429, with the seconds that are left of the minute in Retry-After. Keys of API_KEY_HASH are not limited',
  },
  CORS_ORIGINS: {
    zh: '可从浏览器跨源调用的来源，以逗号分隔；不填则一律不允许',
    en: 'Origins whose web pages may call from a browser, comma-separated; empty: none may',
  },
  CONSOLE_ORIGIN: {
    zh: '控制台页面的来源，其脚本可以读取接口的应答；仅当控制台与各函数不在同一域名下时需要。部署时自动填写',
    en: 'The origin of the console, whose page may read the answers of the functions; needed where it is on another host than they. The deployment finds it out',
  },
  FUNCTION_URLS: {
    zh: '控制台在何处找到各函数：以逗号分隔的 <函数>=<地址>，首项可为带 * 的公共部分；不填则与控制台同在一处。部署时自动填写',
    en: 'Where the console finds the functions: <Function>=<URL>, comma-separated, the first item may be what all have in common, with a *; beside the console unless set. The deployment finds them out',
  },
};
