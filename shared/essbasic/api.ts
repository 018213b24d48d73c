/** The upstream API as a whole: essbasic, version 2021-05-26. Source: the common parts of its documents. */
export const api = {
  host: 'essbasic.tencentcloudapi.com',
  /** Tencent's joint-test (联调) environment. Requests for it are signed as `essbasic` too. */
  testHost: 'essbasic.test.ess.tencent.cn',
  service: 'essbasic',
  version: '2021-05-26',
  /** Default rate limit of one account and action, in requests per second; Tencent raises it on request. */
  requestsPerSecond: 20,
  /** Largest distance between `X-TC-Timestamp` and upstream's clock, either way. Seconds. */
  timestampToleranceS: 300,
} as const;
