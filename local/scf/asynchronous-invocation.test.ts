import { describe, expect, it } from 'vitest';
import { createManualClock } from '../clock/manual-clock.test.kit.ts';
import { createAsynchronousInvoker } from './asynchronous-invocation.ts';
import { type FunctionStatus, type Invocation, invocationError } from './invocation.ts';

const facts = { requestId: 'request-1', durationMs: 1, memoryMb: 50, coldStart: false };
const succeeds: Invocation = { ...facts, result: 'done' };
const fails = (status: FunctionStatus): Invocation => ({
  ...facts,
  error: invocationError(status, 'request-1', status),
});

/** Answers the attempts in order, and says when each is made. */
function start(...answers: Invocation[]) {
  const clock = createManualClock(0);
  const attemptsMs: number[] = [];
  const invoker = createAsynchronousInvoker(async (_, __, kind) => {
    expect(kind).toBe('asynchronous');
    attemptsMs.push(clock.nowMs());
    return answers[attemptsMs.length - 1] ?? succeeds;
  }, clock);
  return { clock, attemptsMs, invoker };
}

/** Lets everything run that waits for nothing but its turn. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('createAsynchronousInvoker', () => {
  it('runs an event once where it succeeds', async () => {
    const { attemptsMs, invoker } = start(succeeds);
    expect(await invoker.deliver('renew', {})).toBe(succeeds);
    expect(attemptsMs).toEqual([0]);
  });

  it.each(['UserCodeException', 'TimeLimitReached', 'ProcessExit'] as const)(
    'runs an event twice more after %s, a minute apart, and then gives up',
    async (status) => {
      const { clock, attemptsMs, invoker } = start(fails(status), fails(status), fails(status));
      const delivered = invoker.deliver('renew', {});
      for (let minute = 0; minute < 5; minute += 1) {
        await settle();
        clock.advance(60_000);
      }
      expect((await delivered).error?.errorMessage).toBe(status);
      expect(attemptsMs).toEqual([0, 60_000, 120_000]);
    },
  );

  it('stops repeating once an attempt succeeds', async () => {
    const { clock, attemptsMs, invoker } = start(fails('ProcessExit'), succeeds);
    const delivered = invoker.deliver('renew', {});
    await settle();
    clock.advance(60_000);
    expect((await delivered).result).toBe('done');
    expect(attemptsMs).toEqual([0, 60_000]);
  });

  it.each(['RequestTooLarge', 'FunctionNotFound', 'HandlerNotFound'] as const)(
    'does not repeat an event after %s',
    async (status) => {
      const { attemptsMs, invoker } = start(fails(status));
      expect((await invoker.deliver('renew', {})).error?.errorMessage).toBe(status);
      expect(attemptsMs).toEqual([0]);
    },
  );

  it('forgets the waiting events on close', async () => {
    const { clock, attemptsMs, invoker } = start(fails('ProcessExit'));
    const delivered = invoker.deliver('renew', {});
    await settle();
    invoker.close();
    expect((await delivered).error?.errorMessage).toBe('ProcessExit');
    clock.advance(600_000);
    expect(attemptsMs).toEqual([0]);
    expect(clock.pending()).toBe(0);
  });
});
