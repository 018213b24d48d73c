import { describe, expect, it } from 'vitest';
import { createTimeGate } from './time-gate.ts';

/** Work that ends when it is told to. */
function work<T>(result: T) {
  let end = () => {};
  const ended = new Promise<T>((resolve) => {
    end = () => resolve(result);
  });
  return { end, run: () => ended };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('the gate', () => {
  it('lets a jump wait for all that has begun, and what comes then for the jump', async () => {
    const gate = createTimeGate();
    const order: string[] = [];
    const [first, second, jump] = [work(1), work(2), work('jumped')];
    const passed = [gate.pass(first.run), gate.pass(second.run)];
    const jumped = gate.alone(() => {
      order.push('jump');
      return jump.run();
    });
    first.end();
    await settled();
    expect(order).toEqual([]);
    second.end();
    await settled();
    expect(order).toEqual(['jump']);
    const later = gate.pass(async () => order.push('later'));
    await settled();
    expect(order).toEqual(['jump']);
    jump.end();
    await later;
    expect(order).toEqual(['jump', 'later']);
    expect(await Promise.all(passed)).toEqual([1, 2]);
    expect(await jumped).toBe('jumped');
  });

  it('lets work in that work needs which a jump waits for', async () => {
    const gate = createTimeGate();
    const outer = gate.pass(async () => {
      await settled();
      return await gate.pass(async () => 'inner');
    });
    const jumped = gate.alone(async () => 'jumped');
    expect(await outer).toBe('inner');
    expect(await jumped).toBe('jumped');
  });

  it('lets jumps come one after the other, whatever fails', async () => {
    const gate = createTimeGate();
    const running: string[] = [];
    const jump = async (name: string) => {
      running.push(`${name} begins`);
      await settled();
      running.push(`${name} ends`);
    };
    const failing = gate.alone(async () => {
      await jump('one');
      throw new Error('no');
    });
    const other = gate.alone(() => jump('other'));
    await expect(failing).rejects.toThrow('no');
    await other;
    expect(running).toEqual(['one begins', 'one ends', 'other begins', 'other ends']);
    await expect(gate.pass(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await gate.alone(async () => 'free')).toBe('free');
  });
});
