import { describe, expect, it } from 'vitest';
import { TransportError, UpstreamError } from '../../errors.ts';
import { errorCodeFacts } from '../../essbasic/error-kinds.ts';
import { randomIds } from '../ids.ts';
import { startMs, startS } from '../testing/world.ts';
import { type Attempt, cancelOf, failedAttempt, sentCreate, settledAttempt } from './attempt.ts';
import { callFailure } from './call-failure.ts';

const sent = sentCreate({
  ...{ attemptId: 'attempt', codeId: 'code', appId: 'app', organization: 'org-a', operator: 'operator-a' },
  ...{ generation: 2, leaseToken: '7', expiresAtS: startS + 86_400, plannedAtS: startS },
});

const refusal = (code: string) =>
  new UpstreamError(code, errorCodeFacts(code), { detail: 'refused', upstreamRequestId: 'request-1' });

describe('the journal', () => {
  it('says of a create from the beginning that it is sent, and of nothing what came of it', () => {
    expect(sent).toMatchObject({
      ...{ kind: 'create', state: 'sent', possibleOrphan: false, qrCodeId: null, dueAtS: null },
      ...{ reason: { code: 'Planned' }, failures: 0, errorCode: null, settledAtS: null },
    });
  });

  it('says of a cancel whose QR code it ends, for whom, and that it is due at once', () => {
    const owner = { codeId: 'code', appId: 'app', organization: 'org-a', operator: 'operator-a' };
    const surroundings = { nowMs: () => startMs, ids: { ...randomIds(), id: () => 'new' }, random: () => 0 };
    const target = { qrCodeId: 'qr-1', expiresAtS: startS + 60, number: 3 };
    expect(cancelOf(owner, target, surroundings)).toEqual({
      ...{ attemptId: 'new', ...owner, kind: 'cancel', qrCodeId: 'qr-1', generation: 3, leaseToken: '0' },
      ...{ state: 'planned', reason: { code: 'Planned' }, plannedAtS: startS, dueAtS: startS },
      ...{ expiresAtS: startS + 60, settledAtS: null, failures: 0, possibleOrphan: false },
      ...{ errorCode: null, upstreamRequestId: null },
    });
  });

  it('says of a call whose outcome is known that nothing of it lives without an owner', () => {
    const unknown: Attempt = { ...sent, state: 'unknown', possibleOrphan: true };
    const settled = settledAttempt(unknown, {
      state: 'succeeded',
      reason: { code: 'Accepted' },
      nowMs: startMs,
    });
    expect(settled).toEqual({
      ...sent,
      ...{ state: 'succeeded', reason: { code: 'Accepted' }, possibleOrphan: false, settledAtS: startS },
    });
  });

  it.each<[string, Error, boolean, Partial<Attempt>]>([
    [
      'that was refused: there is no QR code',
      refusal('FailedOperation'),
      true,
      {
        state: 'refused',
        possibleOrphan: false,
        reason: { code: 'Refused', facts: { error: 'FailedOperation' } },
      },
    ],
    [
      'that failed inside upstream: there may be one',
      refusal('InternalError'),
      true,
      {
        state: 'refused',
        possibleOrphan: true,
        reason: { code: 'Refused', facts: { error: 'InternalError' } },
      },
    ],
    [
      'that was never answered: there may be one',
      new TransportError('UnknownOutcome', 'after-send'),
      true,
      {
        state: 'unknown',
        possibleOrphan: true,
        reason: { code: 'Unanswered', facts: { error: 'UnknownOutcome' } },
      },
    ],
    [
      'that never left: there is none',
      new TransportError('UpstreamUnreachable', 'before-send'),
      false,
      {
        ...{ state: 'refused', possibleOrphan: false },
        reason: { code: 'NeverSent', facts: { error: 'UpstreamUnreachable' } },
      },
    ],
  ])('says of a create %s', (_, error, isSent, after) => {
    const failure = callFailure(error, isSent);
    const { errorCode, upstreamRequestId } = failure;
    expect(failedAttempt(sent, failure, startMs + 5_000)).toEqual({
      ...{ ...sent, ...after },
      ...{ errorCode, upstreamRequestId, settledAtS: startS + 5 },
    });
  });
});
