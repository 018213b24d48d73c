import { createUpstream, type Upstream, type UpstreamOptions } from './create-upstream.ts';

export interface UpstreamConfiguration {
  readonly ESS_ENDPOINT: string;
  readonly ESS_SECRET_ID: string;
  readonly ESS_SECRET_KEY: string;
  readonly ESS_SECRET_TOKEN: string | undefined;
}

/** The way to Tencent as the environment of a function describes it. */
export function configuredUpstream(
  config: UpstreamConfiguration,
  options: Pick<UpstreamOptions, 'limiter' | 'thawed'> = {},
): Upstream {
  return createUpstream({
    credentials: {
      secretId: config.ESS_SECRET_ID,
      secretKey: config.ESS_SECRET_KEY,
      token: config.ESS_SECRET_TOKEN,
    },
    endpoint: config.ESS_ENDPOINT,
    ...options,
  });
}
