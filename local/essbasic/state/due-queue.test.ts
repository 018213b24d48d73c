import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDueQueue } from './due-queue.ts';

describe('a queue of what is due', () => {
  it('gives the earliest first, and of the same time those that came first', () => {
    const times = fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 60 });
    fc.assert(
      fc.property(times, (dueTimes) => {
        const queue = createDueQueue<number>();
        for (const [index, dueMs] of dueTimes.entries()) queue.add(index, dueMs);
        const expected = [...dueTimes.keys()].sort(
          (a, b) => (dueTimes[a] ?? 0) - (dueTimes[b] ?? 0) || a - b,
        );
        expect(queue.list()).toEqual(expected);
        const taken = dueTimes.map(() => queue.take(20));
        expect(taken).toEqual(expected);
        expect(queue.take(20)).toBeUndefined();
      }),
    );
  });

  it('keeps what is not due yet', () => {
    const queue = createDueQueue<string>();
    queue.add('later', 11);
    expect(queue.take(10)).toBeUndefined();
    expect(queue.nextDueMs()).toBe(11);
    expect(queue.first()).toBe('later');
    expect(queue.size()).toBe(1);
    expect(queue.take(11)).toBe('later');
    expect(queue.nextDueMs()).toBeUndefined();
  });
});
