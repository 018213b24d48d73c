import { describe, expect, it } from 'vitest';
import { gaugesOf } from './gauges.ts';
import { openMetrics } from './open-metrics.ts';

describe('a label', () => {
  it('has values that are ours: a code that nobody knows is counted as another', () => {
    const refused = (label: string) => ({ figure: 'refusalsOfDay', label, value: 2 }) as const;
    const gauges = gaugesOf(
      [refused('OperationDenied.NoQuota'), refused('UnknownOutcome'), refused('张三'), refused('')],
      'en',
    );
    const { samples } = gauges.find(({ label }) => label === 'code') ?? expect.fail('no such gauge');
    expect([...samples]).toEqual([
      ['OperationDenied.NoQuota', 2],
      ['UnknownOutcome', 2],
      ['other', 4],
    ]);
  });

  it('is there with 0 before anything has happened', () => {
    const [codes] = gaugesOf([], 'en');
    expect(codes?.samples.get('Active')).toBe(0);
  });
});

describe('the text', () => {
  it('escapes what would end a label or a line', () => {
    const gauge = { name: 'a', help: 'one\ntwo', label: 'l', samples: new Map([['x"\\\n', 1]]) };
    expect(openMetrics([gauge])).toBe('# TYPE a gauge\n# HELP a one\\ntwo\na{l="x\\"\\\\\\n"} 1\n# EOF\n');
  });
});
