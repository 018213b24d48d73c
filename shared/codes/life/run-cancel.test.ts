import { describe, expect, it } from 'vitest';
import { TransportError, UpstreamError } from '../../errors.ts';
import { errorCodeFacts } from '../../essbasic/error-kinds.ts';
import { randomIds } from '../ids.ts';
import type { SettledCancel } from '../ports.ts';
import { unaskedRegister } from '../testing/unasked.ts';
import { startMs, startS } from '../testing/world.ts';
import { cancelOf } from './attempt.ts';
import { type CancelPorts, runCancel } from './run-cancel.ts';

const surroundings = { nowMs: () => startMs, ids: randomIds(), random: () => 0.5 };
const slot = { action: 'cancel', intervalUs: 1, horizonUs: 1 };

const refusal = (code: string) =>
  new UpstreamError(code, errorCodeFacts(code), { detail: 'refused', upstreamRequestId: 'refused-1' });
const dead = refusal('OperationDenied.QrInvalid');
const unanswered = new TransportError('UnknownOutcome', 'after-send');
const unreachable = new TransportError('UpstreamUnreachable', 'before-send');
const mistake = new TypeError('undefined is not a function');

/** A cancel that has failed twice, of a QR code that lives for a day. */
const open = {
  ...cancelOf(
    { codeId: 'code', appId: 'app', organization: 'org-a', operator: 'operator-a' },
    { qrCodeId: 'qr-1', expiresAtS: startS + 86_400, number: 1 },
    surroundings,
  ),
  qrCodeId: 'qr-1',
  failures: 2,
};

interface Course {
  /** What upstream answers with, instead of yes. */
  error?: Error;
  requestId?: string;
  deadlineMs?: number;
  register?: Partial<CancelPorts['register']>;
}

/** Sends a cancel. */
async function run(
  attempt = open,
  { error, requestId = 'request-1', deadlineMs = startMs + 9_000, register = {} }: Course = {},
) {
  const written: SettledCancel[] = [];
  const requests: unknown[] = [];
  const leases: number[] = [];
  const ports: CancelPorts = {
    register: {
      ...unaskedRegister,
      async noteCancel(_attemptId, leaseMs) {
        leases.push(leaseMs);
        return { taken: true, waitMs: 0 };
      },
      settleCancel: async (settled) => written.push(settled) > 0,
      ...register,
    },
    upstream: {
      async call(_action, request, { onSend }) {
        if (error === unreachable || error === mistake) throw error;
        await onSend?.(slot);
        requests.push(request);
        if (error) throw error;
        return { response: {} as never, requestId }; // the answer to a cancel is empty
      },
    },
    surroundings,
  };
  const outcome = await runCancel(ports, attempt, deadlineMs);
  return { outcome, written: written[0], requests, leases };
}

describe('a cancel that upstream carries out', () => {
  it('names the QR code and who acts, and ends its generation', async () => {
    const { outcome, written, requests } = await run();
    expect(requests).toEqual([
      {
        Agent: { AppId: 'app', ProxyOrganizationOpenId: 'org-a', ProxyOperator: { OpenId: 'operator-a' } },
        QrCodeId: 'qr-1',
      },
    ]);
    expect(outcome).toEqual({ kind: 'cancelled', upstreamRequestId: 'request-1' });
    expect(written).toMatchObject({
      qrCodeId: 'qr-1',
      endedAs: 'cancelled',
      attempt: {
        state: 'succeeded',
        reason: { code: 'Accepted' },
        upstreamRequestId: 'request-1',
        dueAtS: null,
        settledAtS: startS,
      },
    });
  });

  it('is written down where upstream gave no RequestId', async () => {
    expect((await run(open, { requestId: '' })).written?.attempt.upstreamRequestId).toBeNull();
  });

  it('is done where another call has written it down first', async () => {
    const { outcome } = await run(open, { register: { settleCancel: async () => false } });
    expect(outcome.kind).toBe('cancelled');
  });
});

describe('a cancel of a QR code that is dead', () => {
  it.each([
    ['by another cancel, while its time is not over', startS + 1, 'cancelled'],
    ['since its time is over', startS, 'expired'],
    ['and of whose end nothing is known', null, 'cancelled'],
  ])('%s is done', async (_, expiresAtS, endedAs) => {
    const { outcome, written } = await run({ ...open, expiresAtS }, { error: dead });
    expect(outcome).toEqual({ kind: 'already-invalid', upstreamRequestId: 'refused-1' });
    const attempt = { state: 'succeeded', reason: { code: 'AlreadyInvalid' }, dueAtS: null };
    expect(written).toMatchObject({ endedAs, attempt });
  });

  it('is not taken for expired where upstream has carried it out', async () => {
    expect((await run({ ...open, expiresAtS: startS - 5 })).written?.endedAs).toBe('cancelled');
  });
});

describe('a cancel that fails', () => {
  it.each([
    ['without an answer', unanswered, 'unknown', 'UnknownOutcome'],
    ['before it is sent', unreachable, 'planned', 'UpstreamUnreachable'],
    ['by a mistake of ours before it is sent', mistake, 'planned', 'InternalFailure'],
    ['by a refusal that may pass', refusal('InternalError'), 'planned', 'InternalError'],
  ])('%s is tried again after a pause', async (_, error, state, errorCode) => {
    const { outcome, written } = await run(open, { error });
    expect(outcome).toMatchObject({ kind: 'failed', willRetry: true, failure: { errorCode } });
    expect(written).toMatchObject({
      endedAs: null,
      attempt: {
        ...{ state, errorCode, failures: 3, settledAtS: null },
        reason: { code: 'WillRetry', facts: { error: errorCode } },
        // The third pause of 240 s, a quarter of it left to chance.
        dueAtS: startS + 180,
      },
    });
  });

  it('for good is not tried again', async () => {
    const error = refusal('ResourceNotFound.Template');
    const { outcome, written } = await run(open, { error });
    expect(outcome).toMatchObject({ kind: 'failed', willRetry: false });
    expect(written).toMatchObject({
      endedAs: null,
      attempt: { state: 'refused', reason: { code: 'Refused' }, dueAtS: null, settledAtS: startS },
    });
  });

  it('of a QR code that nobody has registered is left to whoever asked', async () => {
    const { outcome, written } = await run({ ...open, codeId: null }, { error: unreachable });
    expect(outcome).toMatchObject({ willRetry: false });
    expect(written).toMatchObject({ attempt: { state: 'refused', dueAtS: null } });
  });

  it.each([
    ['is tried again while the QR code lives', startS + 1, startS + 180],
    ['is not tried again when the QR code has died by itself', startS, null],
    ['is tried again where it is not known when it dies', null, startS + 180],
  ])('%s', async (_, expiresAtS, dueAtS) => {
    const { written } = await run({ ...open, expiresAtS }, { error: unreachable });
    expect(written?.attempt.dueAtS).toBe(dueAtS);
  });

  it('is settled where another call was faster', async () => {
    const { outcome } = await run(open, {
      error: unreachable,
      register: { settleCancel: async () => false },
    });
    expect(outcome).toEqual({ kind: 'settled' });
  });
});

describe('a cancel that another call has settled', () => {
  it('is neither sent nor written down', async () => {
    const { outcome, written, requests } = await run(open, {
      register: { noteCancel: async () => 'settled' },
    });
    expect([outcome, written, requests]).toEqual([{ kind: 'settled' }, undefined, []]);
  });
});

describe('the lease of a cancel', () => {
  it('lasts ten seconds longer than its call may', async () => {
    expect((await run()).leases).toEqual([19_000]);
    expect((await run(open, { deadlineMs: startMs - 5_000 })).leases).toEqual([10_000]);
  });
});
