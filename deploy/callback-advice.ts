/** What a person has to enter in Tencent's console, in both languages. */
export function callbackAdvice(callbackUrl: string): string {
  return `
回调 / Notifications
  在腾讯电子签控制台（企业应用管理 → 应用集成 → 第三方应用）填写：
  Enter in the console of Tencent e-sign, for the third-party application:
    回调地址 / callback address               ${callbackUrl}
    回调加密 key / encryption key             ESS_CALLBACK_KEYS 的第一项 / the first of ESS_CALLBACK_KEYS
    签名验证 TOKEN / signature token          ESS_CALLBACK_TOKENS 的第一项 / the first of ESS_CALLBACK_TOKENS
`;
}
