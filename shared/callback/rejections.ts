/** Why a body is not a message to us, and what to do about it: for the operator, never for the sender. */
export const rejections = {
  TooLarge: {
    en: 'The body is larger than a notification may be',
    zh: '请求体超过回调消息允许的大小',
  },
  NoSignature: {
    en: 'The header Content-Signature is missing: no token is set for this address at Tencent, or something on the way drops the header',
    zh: '缺少 Content-Signature 请求头：腾讯侧未配置签名 Token，或请求头被中间环节丢弃',
  },
  MalformedSignature: {
    en: 'The header Content-Signature does not have the form sha256=<64 lower-case hexadecimal digits>',
    zh: 'Content-Signature 请求头的格式不是 sha256=<64 位小写十六进制>',
  },
  WrongToken: {
    en: 'The signature fits none of ESS_CALLBACK_TOKENS: another token is set at Tencent, the sender is not Tencent, or the body was changed on the way in a manner that it does not show',
    zh: '签名与 ESS_CALLBACK_TOKENS 均不符：腾讯侧配置了其他 Token、发送方不是腾讯，或请求体在途中被改动而无从辨认',
  },
  ReencodedBody: {
    en: 'The token is right, but the body was written anew after it was signed: a gateway or proxy on the way parses and rewrites JSON',
    zh: 'Token 正确，但请求体在签名之后被重新编码：中间的网关或代理改写了 JSON',
  },
  IncompleteBody: {
    en: 'The body is not whole: it ends early, or is shorter than its Content-Length, so that no signature fits it. Something on the way cuts it, such as a limit of a gateway, or the sender is not Tencent',
    zh: '请求体不完整：内容提前结束，或短于 Content-Length，任何签名都无法与之相符。请求体被中间环节截断（如网关的大小限制），或发送方不是腾讯',
  },
  NotCiphertext: {
    en: 'What should be encrypted is not the base64 of whole AES blocks',
    zh: '密文不是完整 AES 分组的 base64',
  },
  WrongKey: {
    en: 'The signature is right, but none of ESS_CALLBACK_KEYS decrypts the message: another key is set at Tencent',
    zh: '签名正确，但 ESS_CALLBACK_KEYS 均无法解密：腾讯侧配置了其他加密密钥',
  },
  PlaintextRefused: {
    en: 'The message came in plain text, which ESS_CALLBACK_PLAINTEXT does not accept: no key is set at Tencent',
    zh: '消息为明文，而 ESS_CALLBACK_PLAINTEXT 不接受明文：腾讯侧未配置加密密钥',
  },
  NotJson: {
    en: 'The signature is right, but the message is not JSON in UTF-8, or nests deeper than any message does',
    zh: '签名正确，但消息不是 UTF-8 编码的 JSON，或嵌套过深',
  },
  NotAnEnvelope: {
    en: 'The message is JSON, but has no readable MsgId and MsgType',
    zh: '消息是 JSON，但没有可读的 MsgId 与 MsgType',
  },
} as const satisfies Record<string, { en: string; zh: string }>;

export type RejectionCode = keyof typeof rejections;
