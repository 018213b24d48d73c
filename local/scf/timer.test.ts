import { describe, expect, it } from 'vitest';
import type { FunctionService } from '../../shared/scf/function-service.ts';
import { createManualClock } from '../clock/manual-clock.test.kit.ts';
import { startTimers, type TimerEvent } from './timer.ts';

const startMs = Date.parse('2026-11-24T00:00:00Z');

function service(...crons: string[]): FunctionService {
  return {
    name: 'renew',
    handler: 'index.main_handler',
    memoryMb: 128,
    timeoutS: 60,
    environment: [],
    triggers: [
      { type: 'http' },
      ...crons.map((cron, index) => ({
        type: 'timer' as const,
        name: `timer-${index}`,
        cron,
        argument: `argument ${index}`,
      })),
    ],
  };
}

function start(...crons: string[]) {
  const clock = createManualClock(startMs);
  const delivered: [string, unknown][] = [];
  const timers = startTimers(
    [service(...crons)],
    (functionName, event) => {
      delivered.push([functionName, event]);
      // Never answered: the next occurrence must not wait for this one.
      return new Promise(() => {});
    },
    clock,
  );
  const times = () => delivered.map(([, event]) => (event as TimerEvent).Time);
  return { clock, timers, delivered, times };
}

describe('startTimers', () => {
  it('sends the documented event', () => {
    const { clock, delivered } = start('0 * * * * * *');
    clock.advance(59_999);
    expect(delivered).toEqual([]);
    clock.advance(1);
    expect(delivered).toEqual([
      [
        'renew',
        { Type: 'Timer', TriggerName: 'timer-0', Time: '2026-11-24T00:01:00Z', Message: 'argument 0' },
      ],
    ]);
  });

  it('fires each occurrence once, without waiting for the last', () => {
    const { clock, times } = start('*/20 * * * * * *');
    clock.advance(60_000);
    expect(times()).toEqual(['2026-11-24T00:00:20Z', '2026-11-24T00:00:40Z', '2026-11-24T00:01:00Z']);
  });

  it('fires each timer of a function', () => {
    const { clock, times } = start('30 * * * * * *', '45 * * * * * *');
    clock.advance(60_000);
    expect(times()).toEqual(['2026-11-24T00:00:30Z', '2026-11-24T00:00:45Z']);
  });

  it('does not fire twice when it wakes a little early', () => {
    const clock = createManualClock(startMs);
    const delivered: unknown[] = [];
    const early = { ...clock, after: (delayMs: number, task: () => void) => clock.after(delayMs - 2, task) };
    startTimers([service('0 * * * * * *')], async (_, event) => delivered.push(event), early);
    clock.advance(3 * 60_000);
    expect(delivered.map((event) => (event as TimerEvent).Time)).toEqual([
      '2026-11-24T00:01:00Z',
      '2026-11-24T00:02:00Z',
      '2026-11-24T00:03:00Z',
    ]);
  });

  it('skips what fell into a time when the machine slept', () => {
    let nowMs = startMs;
    const due: (() => void)[] = [];
    const delivered: unknown[] = [];
    const clock = {
      nowMs: () => nowMs,
      after: (_: number, task: () => void) => {
        due.push(task);
        return () => {};
      },
    };
    startTimers([service('0 * * * * * *')], async (_, event) => delivered.push(event), clock);
    nowMs += 3_600_500;
    due.shift()?.();
    nowMs += 59_500;
    due.shift()?.();
    expect(delivered.map((event) => (event as TimerEvent).Time)).toEqual([
      '2026-11-24T00:01:00Z',
      '2026-11-24T01:01:00Z',
    ]);
  });

  it('ends where there is no further occurrence', () => {
    const { clock, times } = start('0 0 9 24 11 * 2026');
    clock.advance(400 * 86_400_000);
    expect(times()).toEqual(['2026-11-24T01:00:00Z']);
    expect(clock.pending()).toBe(0);
  });

  it('leaves nothing behind when stopped', () => {
    const { clock, timers, delivered } = start('0 * * * * * *', '30 * * * * * *');
    clock.advance(30_000);
    timers.stop();
    expect(clock.pending()).toBe(0);
    clock.advance(3_600_000);
    expect(delivered).toHaveLength(1);
  });
});
