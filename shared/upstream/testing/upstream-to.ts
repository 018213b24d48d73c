import { expect } from 'vitest';
import type { CreateRequest } from '../../essbasic/ChannelCreateMultiFlowSignQRCode.ts';
import { createUpstream, type UpstreamOptions } from '../create-upstream.ts';
import { cancel, create } from './loopback.ts';
import { cancelRequest, createRequest, credentials } from './requests.ts';

/** That of a caller whose turn it is. */
export const turn = { taken: true, waitMs: 0 };

/** An upstream whose pauses take no time, and are written down. */
export function upstreamTo(endpoint: string, options: Partial<UpstreamOptions> = {}) {
  const pauses: number[] = [];
  const upstream = createUpstream({
    credentials,
    endpoint,
    random: () => 0.5,
    sleep: async (ms) => {
      pauses.push(ms);
    },
    ...options,
  });
  const soon = () => ({ deadlineMs: Date.now() + 30_000 });
  return {
    pauses,
    create: (call = {}, members: Partial<CreateRequest> = {}) =>
      upstream.call(create, { ...createRequest, ...members }, { ...soon(), ...call }),
    cancel: (call = {}) => upstream.call(cancel, cancelRequest, { ...soon(), ...call }),
  };
}

export const failureOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    (answer) => expect.unreachable(`succeeded with ${JSON.stringify(answer)}`),
    (error: unknown) => error,
  );
