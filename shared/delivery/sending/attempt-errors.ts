import type { Text } from '../../text.ts';

/** Why a try did not succeed, for the people who look after the receiver. */
export const attemptErrors = {
  Refused: {
    en: 'The receiver answered with a status other than 2xx',
    zh: '接收方返回了非 2xx 的状态码',
  },
  Redirected: {
    en: 'The receiver answered with a redirect, which is never followed: subscribe its final address',
    zh: '接收方返回了重定向，系统不会跟随：请订阅最终地址',
  },
  RobotRefused: {
    en: "The robot answered with an error code of its own: see the robot's documentation",
    zh: '机器人返回了错误码：请查阅该机器人的文档',
  },
  RobotRateLimited: {
    en: 'The robot takes no more messages for the moment',
    zh: '机器人消息过于频繁，暂时被限流',
  },
  AnswerUnreadable: {
    en: 'The robot answered 200 with something that is not its documented answer',
    zh: '机器人返回 200，但内容不是其文档规定的应答',
  },
  Timeout: { en: 'No answer came in time', zh: '接收方未在时限内应答' },
  NameNotFound: { en: 'The name of the receiver cannot be resolved', zh: '接收方域名无法解析' },
  AddressRefused: {
    en: 'The name leads to an address that is private, local or reserved: nothing was sent',
    zh: '域名指向内网、本机或保留地址：未发送',
  },
  ConnectionRefused: { en: 'No program listens at the address', zh: '接收方拒绝连接' },
  TlsFailed: {
    en: 'The certificate of the receiver cannot be trusted, or TLS failed',
    zh: '接收方证书不可信，或 TLS 握手失败',
  },
  ConnectionBroken: {
    en: 'The connection broke before an answer came',
    zh: '连接在收到应答前中断',
  },
  UrlUnusable: { en: 'The stored address may not be sent to', zh: '所存地址不可用于发送' },
  Unsealable: {
    en: 'The address and its secrets cannot be unsealed: a key is missing in REGISTER_KEYS',
    zh: '无法解封地址与密钥：REGISTER_KEYS 中缺少对应密钥',
  },
} as const satisfies Record<string, Text>;

export type AttemptError = keyof typeof attemptErrors;
