import { describe, expect, it } from 'vitest';
import { reasonText } from './reasons.ts';

describe('reasonText', () => {
  it('fills in numbers and codes, in both languages', () => {
    const reason = { code: 'RenewedBeforeExhaustion', facts: { number: 2, used: 9, max: 10 } } as const;
    expect(reasonText(reason)).toEqual({
      en: 'Renewed as generation 2: 9 of 10 contracts of the previous one were used',
      zh: '前一代已使用 9/10 份合同，已续期为第 2 代',
    });
  });

  it('writes times so that people can read them', () => {
    const { en, zh } = reasonText({ code: 'EndReached', facts: { until: 1_767_225_600 } });
    expect([en, zh]).toEqual([
      'The policy ends on 2026-01-01 00:00 UTC',
      '续期策略于 2026-01-01 00:00 UTC 截止',
    ]);
  });

  it('shows that a fact is missing', () => {
    expect(reasonText({ code: 'BudgetSpent' }).en).toContain('?');
  });
});
