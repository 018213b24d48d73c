import { createRequire } from 'node:module';
import type sdkModule from 'tencentcloud-sdk-nodejs/tencentcloud/common/sign.js';

// By `require`, since Node and vitest disagree about what the default import of this CommonJS module is.
const sdk: typeof sdkModule = createRequire(import.meta.url)(
  'tencentcloud-sdk-nodejs/tencentcloud/common/sign.js',
);

/** The official SDK's own signer of a POST, the peer that ours is compared with. */
export function sdkSign(request: {
  url: string;
  /** The SDK hashes bytes as they are, and serialises everything else. */
  payload: unknown;
  timestampS: number;
  service: string;
  secretId: string;
  secretKey: string;
}): string {
  const { timestampS: timestamp, ...rest } = request;
  return sdk.default.sign3({
    ...rest,
    timestamp,
    method: 'POST',
    multipart: false,
    boundary: '',
    headers: { 'Content-Type': 'application/json' },
  });
}
