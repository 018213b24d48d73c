import { describe, expect, it, vi } from 'vitest';
import { defined, seconds, within } from './world.ts';

describe('seconds', () => {
  it('are whole, rounded down, and of no time none', () => {
    expect([seconds(1_999), seconds(-1), seconds(null)]).toEqual([1, -1, null]);
  });
});

describe('defined', () => {
  it('leaves out what is undefined, and nothing else', () => {
    const given: { a?: number | undefined; b: null; c: boolean } = { a: undefined, b: null, c: false };
    expect(Object.entries(defined(given))).toEqual([
      ['b', null],
      ['c', false],
    ]);
  });
});

describe('within a time', () => {
  it('the work answers, with its result or its error', async () => {
    expect(await within(60_000, Promise.resolve(1), () => 2)).toBe(1);
    await expect(within(60_000, Promise.reject(new Error('broken')), () => 2)).rejects.toThrow('broken');
  });

  it('what takes longer is given up, by a value or by throwing', async () => {
    const never = new Promise<never>(() => {});
    expect(await within(0, never, () => 'late')).toBe('late');
    const thrown = within(0, never, () => {
      throw new Error('no answer');
    });
    await expect(thrown).rejects.toThrow('no answer');
  });

  it('no timer is left behind', async () => {
    vi.useFakeTimers();
    await within(60_000, Promise.resolve(), () => undefined);
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  it('a time longer than a timer can wait does not end at once', async () => {
    const work = new Promise((resolve) => setImmediate(resolve, 'done'));
    expect(await within(2 ** 31, work, () => 'late')).toBe('done');
  });
});
