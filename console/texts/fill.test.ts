import { describe, expect, it } from 'vitest';
import type { Text } from '../../shared/text.ts';
import { dictionary } from './dictionary.ts';
import { fill } from './fill.ts';

describe('a text', () => {
  it('has its facts where their names stand', () => {
    expect(fill('{used} of {max}', { used: 3, max: '1,000' })).toBe('3 of 1,000');
    expect(fill('{used} of {max}', { used: 3 })).toBe('3 of ?');
  });

  it.each([
    [0, 'Make 0 codes'],
    [1, 'Make 1 code'],
    ['1', 'Make 1 code'],
    ['1,001', 'Make 1,001 codes'],
  ])('counts %s in its own number', (count, said) => {
    expect(fill('Make {count} {count|code|codes}', { count })).toBe(said);
  });
});

describe('the dictionary', () => {
  const texts: [string, Text][] = Object.entries(dictionary);
  const namesIn = (text: string) => new Set([...text.matchAll(/\{(\w+)/g)].map(([, name]) => name));

  it('says everything with the same facts in both languages', () => {
    for (const [key, { zh, en }] of texts) expect([key, namesIn(en)]).toEqual([key, namesIn(zh)]);
  });

  it('says of no one thing that there are several', () => {
    const counted = texts.flatMap(([, { en }]) => en.match(/\{(count|max)\} [a-z]+s\b/g) ?? []);
    expect(counted.filter((words) => !words.endsWith(' ms'))).toEqual([]);
  });
});
