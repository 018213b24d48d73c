import { describe, expect, it } from 'vitest';
import { membersOf } from './members.ts';
import { occurrenceOf } from './occurrence.ts';

const receivedS = 1_790_000_000;
const occurred = (data: unknown) => occurrenceOf(membersOf(data), receivedS * 1000 + 250);

describe('the time of what a message tells', () => {
  it.each([
    ['seconds', { OccurTime: receivedS - 5 }],
    ['milliseconds', { OccurTime: (receivedS - 5) * 1000 + 7 }],
    ['a text of digits', { OccurTime: String(receivedS - 5) }],
    ['an ISO date', { OccurTime: new Date((receivedS - 5) * 1000).toISOString() }],
    ['a date of China without a zone', { OccurTime: chinaTime(receivedS - 5) }],
    ['a place deep inside', { a: [{ b: { OccurTime: receivedS - 5 } }] }],
  ])('is read in the form of %s', (_, data) => {
    expect(occurred(data)).toEqual({ atS: receivedS - 5, from: 'OccurTime' });
  });

  it('is taken from the best name, and not from a deadline', () => {
    const data = { CreateOn: receivedS - 90, DeadLine: receivedS + 9_999, CostTime: receivedS - 7 };
    expect(occurred(data)).toEqual({ atS: receivedS - 7, from: 'CostTime' });
  });

  it('is taken from a known name even if it is long ago, as in a message that comes again', () => {
    const data = { OccurTime: receivedS - 300 * 86_400, Unheard: receivedS - 1 };
    expect(occurred(data)).toEqual({ atS: receivedS - 300 * 86_400, from: 'OccurTime' });
  });

  it('is taken from an unheard name only if it is near the receipt, the latest of them', () => {
    const data = { Wann: receivedS - 60, Frueher: receivedS - 61, LaengstVorbei: receivedS - 4 * 86_400 };
    expect(occurred(data)).toEqual({ atS: receivedS - 60, from: 'Wann' });
  });

  it.each(['a\u0000', 'Zhang San 13800138000', '张三', 'x'.repeat(65)])(
    'is told without the name of its member, where that is no plain name (%#)',
    (name) => {
      expect(occurred({ [name]: receivedS - 5 })).toEqual({ atS: receivedS - 5, from: 'other' });
    },
  );

  it('is no later than the receipt: a clock that is ahead proves nothing about what comes after', () => {
    expect(occurred({ OccurTime: receivedS + 30 })).toEqual({ atS: receivedS, from: 'OccurTime' });
  });

  it.each([
    ['nothing', {}],
    ['no time', { Phone: 13_000_000_000_0, Count: 5, Text: 'x', Flag: true }],
    ['the future', { OccurTime: receivedS + 601 }],
    ['zero', { OccurTime: 0 }],
    ['an impossible date', { OccurTime: '2026-13-45 99:00:00' }],
    ['a text of its own at the top', String(receivedS)],
  ])('is the receipt where there is %s', (_, data) => {
    expect(occurred(data)).toEqual({ atS: receivedS, from: 'receipt' });
  });
});

function chinaTime(seconds: number): string {
  return new Date((seconds + 8 * 3600) * 1000).toISOString().slice(0, 19).replace('T', ' ');
}
