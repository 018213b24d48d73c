import { describe, expect, it } from 'vitest';
import { randomIds } from './ids.ts';

describe('randomIds', () => {
  it('makes ids and slugs that can be read aloud, each another one', () => {
    const { id, slug } = randomIds();
    const ids = Array.from({ length: 1000 }, id);
    const slugs = Array.from({ length: 1000 }, slug);
    expect(new Set([...ids, ...slugs]).size).toBe(2000);
    for (const text of ids) expect(text).toMatch(/^[1-9A-HJ-NP-Za-km-z]{22}$/);
    for (const text of slugs) expect(text).toMatch(/^[1-9A-HJ-NP-Za-km-z]{12}$/);
  });

  it('prefers no letter', () => {
    // Every byte once: what a fair source gives. The bytes above the largest multiple of 58 are thrown away.
    let next = 0;
    const everyByte = (size: number) => Uint8Array.from({ length: size }, () => next++ % 256);
    const { slug } = randomIds(everyByte);
    const counts = new Map<string, number>();
    for (const letter of Array.from({ length: 58 }, slug).join(''))
      counts.set(letter, (counts.get(letter) ?? 0) + 1);
    expect([...counts.values()]).toEqual(Array(58).fill(12));
  });
});
