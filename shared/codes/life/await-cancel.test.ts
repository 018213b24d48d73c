import { describe, expect, it } from 'vitest';
import { agentOf } from '../code.ts';
import { randomIds } from '../ids.ts';
import type { OpenCancel } from '../ports.ts';
import { unasked, unaskedRegister } from '../testing/unasked.ts';
import { startMs, startS } from '../testing/world.ts';
import { type Attempt, cancelOf } from './attempt.ts';
import { awaitCancel } from './await-cancel.ts';
import type { CancelPorts } from './run-cancel.ts';

const still = { nowMs: () => startMs, ids: randomIds(), random: () => 0.5 };
const open = {
  ...cancelOf(
    { codeId: 'code', appId: 'app', organization: 'org-a', operator: 'operator-a' },
    { qrCodeId: 'qr-1', expiresAtS: startS + 86_400, number: 1 },
    still,
  ),
  qrCodeId: 'qr-1',
};

const underWay: OpenCancel = { attempt: open, leased: true };
const letGo: OpenCancel = { attempt: open, leased: false };
const settledAs = (changes: Partial<Attempt>): OpenCancel => ({
  attempt: { ...open, state: 'succeeded', dueAtS: null, upstreamRequestId: 'request-of-other', ...changes },
  leased: false,
});
const done = settledAs({ reason: { code: 'Accepted' } });

/** Waits a second for a cancel, of which each look into the journal finds the next of these, and the last again and again. */
async function wait(
  found: readonly (OpenCancel | undefined)[],
  register: Partial<CancelPorts['register']> = {},
) {
  const looksMs: number[] = [];
  const requests: unknown[] = [];
  const clock = { ms: startMs };
  const ports: CancelPorts = {
    register: {
      ...unaskedRegister,
      async findCancel() {
        looksMs.push(clock.ms - startMs);
        return found[Math.min(looksMs.length, found.length) - 1];
      },
      ...register,
    },
    upstream: {
      async call(_action, request, { onSend }) {
        await onSend?.({ action: 'cancel', intervalUs: 1, horizonUs: 1 });
        requests.push(request);
        return { response: {} as never, requestId: 'own-request' }; // the answer to a cancel is empty
      },
    },
    surroundings: {
      ...still,
      nowMs: () => clock.ms,
      sleep: async (ms) => {
        clock.ms += ms;
      },
    },
  };
  const outcome = await awaitCancel(ports, open, startMs + 1_000).catch((error: unknown) => error);
  return { outcome, looksMs, requests };
}

describe('a cancel that another call is at work on', () => {
  it.each([
    ['upstream has carried it out', { reason: { code: 'Accepted' } }, 'cancelled'],
    ['the QR code was dead', { reason: { code: 'AlreadyInvalid' } }, 'already-invalid'],
  ] as const)('is answered as its journal says: %s', async (_, changes, kind) => {
    const { outcome, looksMs } = await wait([underWay, underWay, settledAs(changes)]);
    expect(outcome).toEqual({ kind, upstreamRequestId: 'request-of-other' });
    expect(looksMs).toEqual([0, 200, 400]);
  });

  it('is answered where upstream gave no RequestId', async () => {
    const { outcome } = await wait([settledAs({ upstreamRequestId: null })]);
    expect(outcome).toMatchObject({ upstreamRequestId: '' });
  });

  it.each([
    ['upstream has refused it', settledAs({ state: 'refused', reason: { code: 'Refused' } })],
    ['it is there no longer', undefined],
  ])('has failed where %s', async (_, found) => {
    expect((await wait([underWay, found])).outcome).toMatchObject({
      code: 'StateConflict',
      detail: { en: expect.stringContaining('has just refused') },
    });
  });

  it('is waited for as long as there is time for another look', async () => {
    const { outcome, looksMs } = await wait([underWay]);
    expect(outcome).toMatchObject({
      code: 'StateConflict',
      retryAfterS: 5,
      detail: { en: expect.stringContaining('right now') },
    });
    expect(looksMs).toEqual([0, 200, 400, 600, 800]);
  });
});

describe('a cancel that another call has let go of', () => {
  it('is carried out', async () => {
    const { outcome, requests } = await wait([underWay, letGo], {
      noteCancel: async () => ({ taken: true, waitMs: 0 }),
      settleCancel: async () => true,
    });
    expect(outcome).toEqual({ kind: 'cancelled', upstreamRequestId: 'own-request' });
    expect(requests).toEqual([{ Agent: agentOf(open), QrCodeId: 'qr-1' }]);
  });

  it('and was just settled is answered as its journal says', async () => {
    const { outcome } = await wait([letGo, done], {
      noteCancel: async () => 'settled',
      settleCancel: unasked,
    });
    expect(outcome).toEqual({ kind: 'cancelled', upstreamRequestId: 'request-of-other' });
  });
});
