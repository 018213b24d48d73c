import { describe, expect, it } from 'vitest';
import { TransportError, UpstreamError } from '../../errors.ts';
import { errorCodeFacts } from '../../essbasic/error-kinds.ts';
import { randomIds } from '../ids.ts';
import { unaskedRegister } from '../testing/unasked.ts';
import { startMs, startS } from '../testing/world.ts';
import { type Attempt, cancelOf } from './attempt.ts';
import { type RetryCancelsOptions, type RetryCancelsPorts, retryCancels } from './retry-cancels.ts';

const surroundings = { nowMs: () => startMs, ids: randomIds(), random: () => 0.5 };

/** So many cancels of an organisation, named after it. */
function cancelsOf(organization: string, count: number): Attempt[] {
  const owner = { codeId: 'code', appId: 'app', organization, operator: 'operator' };
  return Array.from({ length: count }, (_, index) =>
    cancelOf(owner, { qrCodeId: `${organization}-${index + 1}`, expiresAtS: null, number: 1 }, surroundings),
  );
}

const unreachable = new TransportError('UpstreamUnreachable', 'before-send');
const refusal = (code: string) =>
  new UpstreamError(code, errorCodeFacts(code), { detail: 'refused', upstreamRequestId: 'id' });

/** Cancels that are due, in a line, and upstream that answers each, or fails as the test says. */
function retryOf(due: readonly Attempt[], changes: Partial<RetryCancelsPorts['register']> = {}) {
  const line = [...due];
  const sent: string[] = [];
  const settled: Attempt[] = [];
  const errors: [string, unknown][] = [];
  const failures = new Map<string, Error>();
  const hooks: { beforeAnswer?: () => Promise<void> } = {};
  const ports: RetryCancelsPorts = {
    register: {
      ...unaskedRegister,
      async claimCancels(_nowS, limit, _leaseMs, except = []) {
        const isOpen = (one: Attempt) =>
          !except.some(({ organization }) => organization === one.organization);
        const taken = line.filter(isOpen).slice(0, limit);
        for (const one of taken) line.splice(line.indexOf(one), 1);
        return taken;
      },
      noteCancel: async () => ({ taken: true, waitMs: 0 }),
      settleCancel: async ({ attempt }) => settled.push(attempt) > 0,
      ...changes,
    },
    upstream: {
      async call(_action, request, { onSend }) {
        const { QrCodeId } = request as { QrCodeId: string }; // a cancel is all that is called here
        const failure = failures.get(QrCodeId);
        if (failure === unreachable) throw failure;
        await onSend?.({ action: 'cancel', intervalUs: 1, horizonUs: 1 });
        sent.push(QrCodeId);
        await hooks.beforeAnswer?.();
        if (failure) throw failure;
        return { response: {} as never, requestId: 'id' }; // the answer to a cancel is empty
      },
    },
    surroundings,
  };
  const run = (options: Partial<RetryCancelsOptions> = {}) =>
    retryCancels(ports, {
      nowS: startS,
      limit: 100,
      concurrency: 1,
      callDeadlineMs: () => startMs + 9_000,
      onError: (error, qrCodeId) => void errors.push([qrCodeId, error]),
      ...options,
    });
  /** All cancels of these organisations fail so. */
  const fail = (organizations: readonly string[], failure: Error) => {
    for (const { organization, qrCodeId } of due)
      if (organizations.includes(organization)) failures.set(qrCodeId ?? '', failure);
  };
  return { run, line, sent, settled, errors, hooks, fail };
}

describe('cancels that are due', () => {
  it('are sent one after the other, until none is', async () => {
    const { run, sent, settled } = retryOf([...cancelsOf('a', 2), ...cancelsOf('b', 1)]);
    expect(await run()).toEqual({ cancelled: 3, failed: 0 });
    expect(sent).toEqual(['a-1', 'a-2', 'b-1']);
    expect(settled.map(({ state }) => state)).toEqual(['succeeded', 'succeeded', 'succeeded']);
  });

  it('count as done where upstream says that the QR code is dead', async () => {
    const { run, fail } = retryOf(cancelsOf('a', 1));
    fail(['a'], refusal('OperationDenied.QrInvalid'));
    expect(await run()).toEqual({ cancelled: 1, failed: 0 });
  });

  it('are sent a few at a time, and no more than a run may', async () => {
    const { run, hooks, line } = retryOf(cancelsOf('a', 9));
    let under = 0;
    let most = 0;
    hooks.beforeAnswer = async () => {
      under += 1;
      most = Math.max(most, under);
      await new Promise(setImmediate);
      under -= 1;
    };
    expect(await run({ concurrency: 3, limit: 7 })).toEqual({ cancelled: 7, failed: 0 });
    expect(most).toBe(3);
    expect(line).toHaveLength(2);
  });

  it('are not claimed any more when time is over', async () => {
    let isOver = false;
    const { run, hooks, line, sent } = retryOf(cancelsOf('a', 5));
    hooks.beforeAnswer = async () => {
      isOver = sent.length === 2;
    };
    const callDeadlineMs = () => (isOver ? undefined : startMs + 9_000);
    expect(await run({ callDeadlineMs })).toEqual({ cancelled: 2, failed: 0 });
    expect(line).toHaveLength(3);
  });

  it('are left to the next run where claiming took the time that was left', async () => {
    let isOver = false;
    const [late] = cancelsOf('a', 1);
    const claimCancels = async () => {
      isOver = true;
      return late ? [late] : [];
    };
    const { run, sent } = retryOf([], { claimCancels });
    const callDeadlineMs = () => (isOver ? undefined : startMs + 9_000);
    expect(await run({ callDeadlineMs })).toEqual({ cancelled: 0, failed: 0 });
    expect(sent).toEqual([]);
  });
});

describe('trouble with cancels', () => {
  it('of one tenant leaves its others to the next run after five in a row, and delays nobody else', async () => {
    const { run, line, fail } = retryOf([...cancelsOf('bad', 8), ...cancelsOf('good', 2)]);
    fail(['bad'], refusal('FailedOperation'));
    expect(await run()).toEqual({ cancelled: 2, failed: 5 });
    expect(line.map(({ qrCodeId }) => qrCodeId)).toEqual(['bad-6', 'bad-7', 'bad-8']);
  });

  it('that may be everybody’s ends the run after three tenants', async () => {
    const { run, line, fail } = retryOf(['a', 'b', 'c', 'd'].flatMap((name) => cancelsOf(name, 1)));
    fail(['a', 'b', 'c', 'd'], unreachable);
    expect(await run()).toEqual({ cancelled: 0, failed: 3 });
    expect(line).toHaveLength(1);
  });

  it('is over where one succeeds in between', async () => {
    const { run, fail } = retryOf(['a', 'b', 'good', 'c'].flatMap((name) => cancelsOf(name, 1)));
    fail(['a', 'b', 'c'], unreachable);
    expect(await run()).toEqual({ cancelled: 1, failed: 3 });
  });

  it('in writing one down is reported with its QR code, and the others go on', async () => {
    const away = new Error('away');
    const settleCancel: RetryCancelsPorts['register']['settleCancel'] = async ({ qrCodeId }) => {
      if (qrCodeId === 'a-1') throw away;
      return true;
    };
    const { run, errors } = retryOf(cancelsOf('a', 3), { settleCancel });
    expect(await run()).toEqual({ cancelled: 2, failed: 1 });
    expect(errors).toEqual([['a-1', away]]);
  });

  it('in writing down those of three tenants ends the run', async () => {
    const settleCancel = () => Promise.reject(new Error('away'));
    const { run, errors } = retryOf(
      ['a', 'b', 'c', 'd'].flatMap((name) => cancelsOf(name, 1)),
      { settleCancel },
    );
    expect(await run()).toEqual({ cancelled: 0, failed: 3 });
    expect(errors).toHaveLength(3);
  });

  it('in claiming them is thrown when those under way have come to their end', async () => {
    const away = new Error('away');
    const [first] = cancelsOf('a', 1);
    let claims = 0;
    const claimCancels = async () => {
      claims += 1;
      if (claims > 1) throw away;
      return first ? [first] : [];
    };
    const { run, settled, hooks } = retryOf([], { claimCancels });
    hooks.beforeAnswer = async () => {
      await new Promise(setImmediate);
    };
    await expect(run({ concurrency: 2 })).rejects.toBe(away);
    expect(settled).toHaveLength(1);
  });
});
