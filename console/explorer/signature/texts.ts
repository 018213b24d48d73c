import type { Text } from '../../../shared/text.ts';

/** What may be wrong, and what to change. Apart from the dictionary, since few open the page that says it. */
export const findingTexts = {
  noAuthorization: { zh: '请求没有 Authorization 头。', en: 'The request has no header Authorization.' },
  unreadableAuthorization: {
    zh: 'Authorization 头读不出：须为“TC3-HMAC-SHA256 Credential=SecretId/日期/服务/tc3_request, SignedHeaders=…, Signature=64 位小写十六进制”。日志若隐去了它，请从别处粘贴。',
    en: 'The header Authorization cannot be read: it must be "TC3-HMAC-SHA256 Credential=SecretId/date/service/tc3_request, SignedHeaders=…, Signature=64 hex digits in lower case". Where a log hides it, paste it from elsewhere.',
  },
  signatureCase: {
    zh: '签名须为小写十六进制；此处含大写字母。',
    en: 'The signature must be hex in lower case; this one has capitals.',
  },
  signedHeadersCase: {
    zh: 'SignedHeaders 中的名称须全为小写。',
    en: 'The names in SignedHeaders must be in lower case.',
  },
  signedHeadersOrder: {
    zh: 'SignedHeaders 须按 ASCII 升序排列，每个名称只出现一次；规范请求中的各行顺序与之相同。',
    en: 'SignedHeaders must be in ascending ASCII order, each name once; the lines of the canonical request have the same order.',
  },
  notSigned: {
    zh: 'SignedHeaders 缺少 {names}，这些头必须参与签名。',
    en: 'SignedHeaders lacks {names}, which must be signed.',
  },
  headerMissing: {
    zh: '参与签名的头不在请求中：{names}。HTTP 库可能在签名之后才加上它们；请粘贴实际发出的请求。',
    en: 'Headers that are signed are not in the request: {names}. The HTTP library may add them later; paste the request as it is really sent.',
  },
  noTimestamp: { zh: '请求没有 X-TC-Timestamp 头。', en: 'The request has no header X-TC-Timestamp.' },
  milliseconds: {
    zh: 'X-TC-Timestamp 以秒计；此处是毫秒。',
    en: 'X-TC-Timestamp is in seconds; this one is in milliseconds.',
  },
  timestampForm: {
    zh: 'X-TC-Timestamp 须为整数秒的 Unix 时间。',
    en: 'X-TC-Timestamp must be Unix time in whole seconds.',
  },
  clockSkew: {
    zh: 'X-TC-Timestamp 与本机时间相差 {seconds} 秒；上游只允许 300 秒。若请求并非刚刚发出，则可忽略；否则请校准时钟。',
    en: 'X-TC-Timestamp is {seconds} seconds away from the clock of this machine; upstream allows 300. Where the request is not of right now, that means nothing; else set the clock.',
  },
  localDate: {
    zh: '凭证日期须为 X-TC-Timestamp 的 UTC 日期，此处为 {date}。本地日期每天会错上与时区相应的几小时。',
    en: 'The date of the credential must be the UTC date of X-TC-Timestamp, here {date}. A local date is wrong every day for as many hours as the time zone is away from UTC.',
  },
  wrongService: {
    zh: '凭证中的服务是 {claimed}；此域名的服务是 {service}。',
    en: 'The service of the credential is {claimed}; that of this host is {service}.',
  },
  noBody: {
    zh: '粘贴的内容没有请求体，因此按空请求体计算。SDK 的日志可能不含它，文件中的内容此处也不可知；请一并粘贴。',
    en: 'What was pasted has no body, so an empty one is taken. The log of an SDK may leave it out, and what is in a file is not known here; paste it, too.',
  },
  pastedKeyBlanks: {
    zh: '粘贴的 SecretKey 前后有空白或换行。此处已去掉；您的代码若从文件或变量读取，也要去掉。',
    en: 'The SecretKey that was pasted has blanks or line breaks around it. They are taken away here; where your code reads it from a file or a variable, take them away there, too.',
  },
  bodyReserialised: {
    zh: '签名的请求体与发出的不是同样的字节：同一 JSON 的另一种写法，或多了末尾换行。请只序列化一次，对这些字节签名，并原样发出。',
    en: 'The body that was signed is not, byte for byte, the one that was sent: another spelling of the same JSON, or a line feed at its end. Serialise once, sign those bytes, send those bytes.',
  },
  contentType: {
    zh: '签名所用的 Content-Type 与发出的不同。许多 HTTP 库会加上 charset：请对实际发出的值签名。',
    en: 'Another Content-Type was signed than was sent. Many HTTP libraries add a charset: sign the value that is really sent.',
  },
  host: {
    zh: '签名所用的主机与 Host 头不同：端口、协议前缀或另一个域名。',
    en: 'Another host was signed than the one in the header Host: a port, a protocol in front of it, or another name.',
  },
  headerCase: {
    zh: '规范请求中头的值须转为小写，x-tc-action 也是。',
    en: 'The values of headers in the canonical request must be in lower case, that of x-tc-action too.',
  },
  secretBlanks: {
    zh: '签名所用的 SecretKey 前后多了空白或换行。',
    en: 'The signature was made with a blank or a line break around the SecretKey.',
  },
  secretPrefix: {
    zh: '第一步的密钥须为 "TC3" 加 SecretKey；此处漏了 "TC3"。',
    en: 'The key of the first step is "TC3" and then the SecretKey; "TC3" was left out.',
  },
  blankLine: {
    zh: '各头之后须有一个空行，然后才是 SignedHeaders。',
    en: 'A blank line stands between the headers and SignedHeaders.',
  },
  queryString: {
    zh: 'POST 的查询串为空；GET 的须与问号之后的内容逐字节相同。',
    en: 'The query of a POST is empty; that of a GET is signed to the byte as it stands behind the question mark.',
  },
  hashCase: {
    zh: '哈希须为小写十六进制。',
    en: 'Hashes must be hex in lower case.',
  },
  unsignedPayload: {
    zh: 'UNSIGNED-PAYLOAD 与 X-TC-Content-SHA256 头须同时使用：有此头则对该词取哈希，没有则对请求体取哈希。',
    en: 'The word UNSIGNED-PAYLOAD and the header X-TC-Content-SHA256 go together: with the header the word is hashed, without it the body.',
  },
  unexplained: {
    zh: '常见错误都得不出此签名：多半用了另一个 SecretKey，或请求体、某个参与签名的头在途中被改动。粘贴您的代码所构造的规范请求，可看出第一处不同。',
    en: 'None of the usual mistakes yields this signature: most likely another SecretKey was used, or the body or a signed header was changed on the way. Paste the canonical request that your code builds to see the first difference.',
  },
  ownMethod: { zh: '这一行是 HTTP 方法，须大写。', en: 'This line is the HTTP method, in capitals.' },
  ownUri: {
    zh: '这一行是路径，API 3.0 总是 /。',
    en: 'This line is the path, which is always / in API 3.0.',
  },
  ownHeader: {
    zh: '这一行是一个参与签名的头：“小写名称:小写的值”，按名称升序。',
    en: 'This line is a signed header: its name in lower case, a colon, its value in lower case; in the order of the names.',
  },
  ownSignedHeaders: {
    zh: '这一行须与 Authorization 中的 SignedHeaders 相同。',
    en: 'This line must be the SignedHeaders of Authorization.',
  },
  ownPayload: {
    zh: '这一行是请求体的 SHA-256，与粘贴的请求体不符：签名的是另一些字节。',
    en: 'This line is the SHA-256 of the body, and not of the body that was pasted: other bytes were signed.',
  },
  ownTrailing: {
    zh: '末尾多了一行：不应有换行。',
    en: 'There is a line too many: nothing ends with a line feed.',
  },
  ownAlgorithm: { zh: '第一行是 TC3-HMAC-SHA256。', en: 'The first line is TC3-HMAC-SHA256.' },
  ownTimestamp: {
    zh: '这一行须与 X-TC-Timestamp 头相同。',
    en: 'This line must be the header X-TC-Timestamp.',
  },
  ownScope: {
    zh: '这一行是凭证范围：UTC 日期/服务/tc3_request，须与 Authorization 中的一致。',
    en: 'This line is the credential scope: the UTC date, the service and tc3_request, as in Authorization.',
  },
  ownHash: {
    zh: '这一行是规范请求的 SHA-256：规范请求有所不同。请一并粘贴它。',
    en: 'This line is the SHA-256 of the canonical request: that one differs. Paste it, too.',
  },
} as const satisfies Record<string, Text>;

export type FindingKey = keyof typeof findingTexts;

/** By the names that `shared/tc3/` has for the usual mistakes. */
const mistakes: Readonly<Record<string, FindingKey>> = {
  'body-reserialised': 'bodyReserialised',
  'content-type': 'contentType',
  'local-date': 'localDate',
  host: 'host',
  'header-case': 'headerCase',
  'secret-key-blanks': 'secretBlanks',
  'secret-key-without-prefix': 'secretPrefix',
  'blank-line': 'blankLine',
  'query-string': 'queryString',
  'hash-case': 'hashCase',
  'unsigned-payload': 'unsignedPayload',
};

export const findingOfMistake = (mistake: string): FindingKey | undefined => mistakes[mistake];
