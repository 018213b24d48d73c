import { describe, expect, it } from 'vitest';
import { parseInput } from '../parse-input.ts';
import { Misbehaviour, spoilings, troubleOfMessage, troubleOfPost } from './misbehaviour.ts';

const ids = Array.from({ length: 2000 }, (_, index) => `message-${index}`);
const shareOf = (hits: readonly boolean[]) => hits.filter(Boolean).length / hits.length;

describe('misbehaviour', () => {
  it('is none unless asked for', () => {
    for (const id of ids.slice(0, 100)) {
      expect(troubleOfMessage({}, id)).toEqual({
        heldBackMs: 0,
        againAfterMs: undefined,
        accompanied: false,
      });
      expect(troubleOfPost({}, id, 0, 0)).toEqual({
        spoiled: undefined,
        form: 'object',
        slowMs: 0,
        lost: false,
      });
    }
  });

  it('strikes in about the share that it is given', () => {
    const messages = ids.map((id) =>
      troubleOfMessage({ duplicates: 0.1, unknownTypes: 0.3, reorder: 0.5 }, id),
    );
    expect(shareOf(messages.map(({ againAfterMs }) => againAfterMs !== undefined))).toBeCloseTo(0.1, 1);
    expect(shareOf(messages.map(({ accompanied }) => accompanied))).toBeCloseTo(0.3, 1);
    expect(shareOf(messages.map(({ heldBackMs }) => heldBackMs > 0))).toBeCloseTo(0.5, 1);
    const wrong = {
      wrongKey: 0.1,
      wrongSignature: 0.2,
      plainText: 0.1,
      lostAnswers: 0.4,
      slow: { share: 0.2, ms: 9 },
    };
    const posts = ids.map((id) => troubleOfPost({ ...wrong, form: 'either' }, id, 0, 0));
    expect(shareOf(posts.map(({ spoiled }) => spoiled === 'wrongKey'))).toBeCloseTo(0.1, 1);
    expect(shareOf(posts.map(({ spoiled }) => spoiled === 'wrongSignature'))).toBeCloseTo(0.2, 1);
    expect(shareOf(posts.map(({ spoiled }) => spoiled === 'plainText'))).toBeCloseTo(0.1, 1);
    expect(shareOf(posts.map(({ spoiled }) => spoiled === 'noSignature'))).toBe(0);
    expect(shareOf(posts.map(({ form }) => form === 'bare'))).toBeCloseTo(0.5, 1);
    expect(shareOf(posts.map(({ lost }) => lost))).toBeCloseTo(0.4, 1);
    expect(shareOf(posts.map(({ slowMs }) => slowMs === 9))).toBeCloseTo(0.2, 1);
  });

  it('is the same for the same message and attempt, and drawn anew for the next attempt', () => {
    const half = { wrongKey: 0.5 };
    const spoiled = (attempt: number) => ids.map((id) => troubleOfPost(half, id, 0, attempt).spoiled);
    expect(spoiled(0)).toEqual(spoiled(0));
    expect(spoiled(1)).not.toEqual(spoiled(0));
  });

  it('holds every message back for no longer than it is told', () => {
    const held = ids.map((id) => troubleOfMessage({ delayS: 10 }, id).heldBackMs);
    expect(Math.max(...held)).toBeLessThan(10_000);
    expect(Math.max(...held)).toBeGreaterThan(9000);
  });

  it.each([
    [{ duplicates: 1.1 }, 'duplicates'],
    [{ wrongKey: -0.1 }, 'wrongKey'],
    [{ form: 'xml' }, 'form'],
    [{ slow: { share: 1 } }, 'slow.ms'],
    [{ nonsense: 1 }, 'nonsense'],
    [Object.fromEntries(spoilings.map((name) => [name, 0.3])), ''],
  ])('is refused as %j', (value, path) => {
    expect(() => parseInput(Misbehaviour(), value)).toThrow(
      expect.objectContaining({ problems: [expect.objectContaining({ path })] }),
    );
  });
});
