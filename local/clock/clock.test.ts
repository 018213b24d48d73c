import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from './clock.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('systemClock', () => {
  it('waits longer than setTimeout can', () => {
    const days = 60 * 86_400_000;
    const task = vi.fn();
    systemClock.after(days, task);
    vi.advanceTimersByTime(days - 1);
    expect(task).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(task).toHaveBeenCalledOnce();
  });

  it('can be cancelled, also after the first stretch', () => {
    const task = vi.fn();
    const cancel = systemClock.after(60 * 86_400_000, task);
    vi.advanceTimersByTime(30 * 86_400_000);
    cancel();
    vi.advanceTimersByTime(60 * 86_400_000);
    expect(task).not.toHaveBeenCalled();
  });
});
