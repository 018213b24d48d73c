import type { Clock } from './clock.ts';

export interface ManualClock extends Clock {
  /** Moves time forward and runs what falls due on the way, in order. */
  advance(byMs: number): void;
  /** Tasks that wait for their time. */
  pending(): number;
}

/** A clock that stands still until a test moves it. */
export function createManualClock(startMs = Date.parse('2026-11-24T00:00:00Z')): ManualClock {
  let nowMs = startMs;
  const tasks = new Set<{ dueMs: number; task: () => void }>();
  const nextDue = (untilMs: number) =>
    [...tasks].filter(({ dueMs }) => dueMs <= untilMs).sort((a, b) => a.dueMs - b.dueMs)[0];

  return {
    nowMs: () => nowMs,
    after(delayMs, task) {
      const entry = { dueMs: nowMs + Math.max(0, delayMs), task };
      tasks.add(entry);
      return () => tasks.delete(entry);
    },
    advance(byMs) {
      const untilMs = nowMs + byMs;
      for (let due = nextDue(untilMs); due; due = nextDue(untilMs)) {
        tasks.delete(due);
        nowMs = due.dueMs;
        due.task();
      }
      nowMs = untilMs;
    },
    pending: () => tasks.size,
  };
}
