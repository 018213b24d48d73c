/** What a person has to enter in Tencent's console, in both languages. */
export function callbackAdvice(callbackUrl: string): string {
  return `
回调 / Notifications
  在腾讯电子签控制台「开发者中心 → 应用集成」为该应用填写：
  In Tencent e-sign's console, developer centre → application integration, enter for the application:
    回调地址 / callback URL    ${callbackUrl}
    加密密钥 / encryption key  ESS_CALLBACK_KEYS 的第一项 / the first of ESS_CALLBACK_KEYS
    验签 Token / token         ESS_CALLBACK_TOKENS 的第一项 / the first of ESS_CALLBACK_TOKENS
`;
}
