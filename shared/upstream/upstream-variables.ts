/** Variables of the environment that `configuredUpstream` and its limiter take. */
export const upstreamVariables = [
  'ESS_ENDPOINT',
  'ESS_REQUESTS_PER_SECOND',
  'ESS_SECRET_ID',
  'ESS_SECRET_KEY',
  'ESS_SECRET_TOKEN',
] as const;
