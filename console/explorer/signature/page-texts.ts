import type { Text } from '../../../shared/text.ts';
import { language } from '../../state/preferences.ts';
import { type Facts, fill } from '../../texts/fill.ts';

/** Says a text that is not in the dictionary, in the language that is chosen. */
export const tell = (text: Text, facts: Facts = {}) => fill(text[language.value], facts);

export const pageTexts = {
  title: { zh: '签名验算（TC3-HMAC-SHA256）', en: 'Check a signature (TC3-HMAC-SHA256)' },
  about: {
    zh: '粘贴一个发往腾讯云 API 的请求，看它应当怎样签名，以及哪里错了。一切都在此页面中计算：不发送、不保存。',
    en: 'Paste a request for the API of Tencent Cloud to see how it should be signed, and what is wrong. All of it is computed in this page: nothing is sent, nothing is kept.',
  },
  request: { zh: '请求', en: 'Request' },
  requestHint: {
    zh: 'curl 命令、请求头与请求体，或 SDK 的日志（Python 的 set_stream_logger、Go 的 Debug、Java 的 setDebug；Node.js 的 SDK 不打印请求）。',
    en: 'A curl command, headers and body, or what an SDK logs (set_stream_logger of Python, Debug of Go, setDebug of Java; that for Node.js logs no request).',
  },
  secretKey: { zh: 'SecretKey（可不填）', en: 'SecretKey (may be left out)' },
  secretKeyHint: {
    zh: '有它才能算出应有的签名并证明错在哪里。它只留在此页面的内存中，离开页面即忘。',
    en: 'With it the right signature is computed, and the mistake proven. It stays in the memory of this page and is forgotten when you leave it.',
  },
  ownLegend: { zh: '您的代码所构造的内容（可不填）', en: 'What your code has built (may be left out)' },
  ownCanonicalRequest: { zh: '您的规范请求', en: 'Your canonical request' },
  ownStringToSign: { zh: '您的待签名字符串', en: 'Your string to sign' },
  examine: { zh: '验算', en: 'Examine' },
  unreadable: {
    zh: '读不懂粘贴的内容：它不是 curl 命令、HTTP 请求或上述 SDK 的日志。',
    en: 'What was pasted cannot be read: it is no curl command, no HTTP request and no log of these SDKs.',
  },
  result: { zh: '结果', en: 'Result' },
  readAs: { zh: '读作：{form}', en: 'Read as: {form}' },
  right: { zh: '签名正确。', en: 'The signature is right.' },
  wrong: { zh: '签名不正确。', en: 'The signature is wrong.' },
  withoutKey: {
    zh: '没有 SecretKey，无法判断签名本身；以下各步不需要它。',
    en: 'Without the SecretKey the signature itself cannot be judged; these steps do not need it.',
  },
  noMistake: { zh: '没有发现错误。', en: 'No mistake was found.' },
  differs: {
    zh: '{stage}的第 {line} 行是第一处不同：',
    en: 'Line {line} of the {stage} is the first that differs:',
  },
  shouldBe: { zh: '应为', en: 'It should be' },
  is: { zh: '您的是', en: 'Yours is' },
  signedBody: { zh: '被签名的请求体', en: 'The body that was signed' },
  canonicalRequest: { zh: '规范请求', en: 'canonical request' },
  stringToSign: { zh: '待签名字符串', en: 'string to sign' },
  signature: { zh: '应有的签名', en: 'Signature as it should be' },
  received: { zh: '请求中的签名', en: 'Signature of the request' },
  authorization: { zh: '应有的 Authorization', en: 'Authorization as it should be' },
} as const satisfies Record<string, Text>;

/** What a request was copied from. */
export const formTexts = {
  curl: { zh: 'curl 命令', en: 'a curl command' },
  http: { zh: 'HTTP 请求', en: 'an HTTP request' },
  python: { zh: 'Python SDK 的日志', en: 'the log of the SDK for Python' },
  go: { zh: 'Go SDK 的日志', en: 'the log of the SDK for Go' },
  java: { zh: 'Java SDK 的日志', en: 'the log of the SDK for Java' },
} as const satisfies Record<string, Text>;
