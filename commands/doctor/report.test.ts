import { describe, expect, it } from 'vitest';
import { isHealthy, reportDocument, reportLines } from './report.ts';
import type { CheckedItem } from './run-checks.ts';

const items: CheckedItem[] = [
  { id: 'clock', outcome: 'ok', text: { en: 'The clocks agree', zh: '时钟一致' } },
  {
    id: 'credentials',
    outcome: 'fail',
    text: { en: 'Refused:\n  geheim123', zh: '被拒绝' },
    remedy: { en: 'Look at them', zh: '请检查' },
  },
  { id: 'application', outcome: 'skipped', text: { en: 'Depends', zh: '取决于' } },
];

describe('reportLines', () => {
  it('has a line for each check, what to do under it, and counts at the end', () => {
    expect(reportLines(items, { language: 'en', secrets: [] })).toEqual([
      'ok       clock        The clocks agree',
      'fail     credentials  Refused: geheim123',
      '                      → Look at them',
      'skipped  application  Depends',
      '1 ok, 1 failed, 1 skipped',
    ]);
  });

  it('speaks Chinese', () => {
    expect(reportLines(items, { language: 'zh', secrets: [] })).toEqual([
      'ok       clock        时钟一致',
      'fail     credentials  被拒绝',
      '                      → 请检查',
      'skipped  application  取决于',
      '1 项正常，1 项失败，1 项跳过',
    ]);
  });

  it('shows no secret, wherever it came from', () => {
    const options = { language: 'en', secrets: ['geheim123'] } as const;
    expect(reportLines(items, options).join('\n')).not.toContain('geheim');
    expect(reportDocument(items, options)).not.toContain('geheim');
  });
});

describe('reportDocument', () => {
  it('says the same to a program', () => {
    expect(JSON.parse(reportDocument(items, { language: 'zh', secrets: [] }))).toEqual({
      healthy: false,
      checks: [
        { id: 'clock', outcome: 'ok', text: '时钟一致' },
        { id: 'credentials', outcome: 'fail', text: '被拒绝', remedy: '请检查' },
        { id: 'application', outcome: 'skipped', text: '取决于' },
      ],
    });
  });
});

describe('isHealthy', () => {
  it('is lost by a failure alone', () => {
    const of = (...outcomes: CheckedItem['outcome'][]) =>
      isHealthy(outcomes.map((outcome) => ({ id: 'x', outcome, text: { en: '', zh: '' } })));
    expect(of('ok', 'warn', 'skipped')).toBe(true);
    expect(of('ok', 'fail')).toBe(false);
  });
});
