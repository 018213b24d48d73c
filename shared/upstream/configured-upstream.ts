import { createUpstream, type Upstream } from './create-upstream.ts';
import type { Limiter } from './limiter.ts';

/** Variables of the environment that {@link configuredUpstream} and its limiter take. */
export const upstreamVariables = [
  'ESS_ENDPOINT',
  'ESS_REQUESTS_PER_SECOND',
  'ESS_SECRET_ID',
  'ESS_SECRET_KEY',
  'ESS_SECRET_TOKEN',
] as const;

export interface UpstreamConfiguration {
  readonly ESS_ENDPOINT: string;
  readonly ESS_SECRET_ID: string;
  readonly ESS_SECRET_KEY: string;
  readonly ESS_SECRET_TOKEN: string | undefined;
}

/** The way to Tencent as the environment of a function describes it. */
export function configuredUpstream(config: UpstreamConfiguration, limiter: Limiter): Upstream {
  return createUpstream({
    credentials: {
      secretId: config.ESS_SECRET_ID,
      secretKey: config.ESS_SECRET_KEY,
      token: config.ESS_SECRET_TOKEN,
    },
    endpoint: config.ESS_ENDPOINT,
    limiter,
  });
}
