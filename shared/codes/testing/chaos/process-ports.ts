import { credentials } from '../../../../local/cloud-api/credentials.ts';
import { createSeededRandom } from '../../../../local/cloud-api/seeded-random.ts';
import { createSeal } from '../../../runtime/seal.ts';
import { createDatabaseLimiter } from '../../../store/limits/rate-limiter.ts';
import { openPgDatabase } from '../../../store/postgres/pg-database.ts';
import { createRegister } from '../../../store/testing/register.ts';
import { createUpstream } from '../../../upstream/create-upstream.ts';
import { randomIds } from '../../ids.ts';
import type { Upstream } from '../../ports.ts';

export interface Surroundings {
  databaseUrl: string;
  essbasicUrl: string;
  seed: number;
  /** How far the clock of the world is ahead of that of this machine. Milliseconds. */
  aheadMs(): number;
}

/** So that no schedule waits for its turn: the limit has tests of its own. */
const requestsPerSecond = 1000;

/** What the deployed timer and the deployed create work with: the real driver, limiter, register and client. */
export function openProcessPorts({ databaseUrl, essbasicUrl, seed, aheadMs }: Surroundings) {
  const db = openPgDatabase(databaseUrl);
  const limiter = createDatabaseLimiter(db, { share: 'background', requestsPerSecond });
  const [{ secretId, secretKey }] = credentials;
  const client = createUpstream({ credentials: { secretId, secretKey }, endpoint: essbasicUrl, limiter });
  const upstream: Upstream = {
    // The client signs and waits by this machine's clock.
    call: (action, request, { deadlineMs, ...call }) =>
      client.call(action, request, { ...call, deadlineMs: deadlineMs - aheadMs() }),
  };
  return {
    db,
    ports: {
      register: createRegister(db),
      upstream,
      seal: createSeal(Buffer.alloc(32, 1).toString('base64')),
      surroundings: {
        nowMs: () => Date.now() + aheadMs(),
        ids: randomIds(),
        random: createSeededRandom(seed).fraction,
      },
      actor: 'chaos',
      callbackBaseUrl: 'https://example.com/callback-handler',
    },
  };
}
