/** `docs/events.md` says what the code does: types, ladder, failures, limits. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { attemptErrors } from './attempt-errors.ts';
import { alarmTypes, eventTypes, testType } from './event-types.ts';
import { disabledAfterS, ladderS, mostRetryAfterS, paceS } from './ladder.ts';
import { sendTimeoutMs } from './send.ts';
import { subscriptionKinds } from './subscription.ts';
import { rotationGraceS } from './subscription-secrets.ts';

const text = readFileSync(new URL('../../docs/events.md', import.meta.url), 'utf8');

const examples = [...text.matchAll(/^### `([\w.]+)`(.*)\n\n(.+)\n\n```json\n(.+)\n```/gm)];

describe('the page about events', () => {
  it('has each type once, with an example of it, and marks the alarms', () => {
    expect(examples.map(([, type]) => type)).toEqual([...eventTypes, testType]);
    for (const [, type, mark, meaning = '', json = ''] of examples) {
      expect(JSON.parse(json)).toMatchObject({ type, data: { OrganizationOpenId: 'proxy-org-openid' } });
      expect(mark?.includes('alarm')).toBe((alarmTypes as readonly unknown[]).includes(type)); // widened: any text may be asked about
      expect(meaning).toMatch(/[a-z]{3}.*[一-龥]/);
    }
  });

  it('has the ladder', () => {
    const units: Record<string, number> = { s: 1, min: 60, h: 3600 };
    const rows = [...text.matchAll(/^\| (\d+) +\| (\d+) (s|min|h) +\| ([\d.]+) (s|min|h) +\|$/gm)];
    let sumS = 0;
    expect(rows).toHaveLength(ladderS.length);
    for (const [index, [, number, pause, unit = '', total, totalUnit = '']] of rows.entries()) {
      const pauseS = ladderS[index] ?? Number.NaN;
      sumS += pauseS;
      expect([Number(number), Number(pause) * (units[unit] ?? 0)]).toEqual([index + 1, pauseS]);
      const shownS = Number(total) * (units[totalUnit] ?? 0);
      expect(Math.abs(shownS - sumS) / sumS).toBeLessThan(0.1);
    }
  });

  it('has every failure and every kind', () => {
    const rows = [...text.matchAll(/^\| `(\w+)` +\| (.+) \|$/gm)];
    for (const [code, { en, zh }] of Object.entries(attemptErrors)) {
      const [, , meaning = ''] = rows.find(([, name]) => name === code) ?? [];
      expect(meaning, code).toContain(en);
      expect(meaning, code).toContain(zh);
    }
    for (const kind of subscriptionKinds) expect(text).toContain(`\`${kind}\``);
  });

  it('has the limits', () => {
    expect(sendTimeoutMs).toBe(10_000);
    expect(text).toContain('within 10 seconds');
    expect(mostRetryAfterS).toBe(3600);
    expect(text).toContain('up to an hour');
    expect(disabledAfterS).toBe(5 * 86_400);
    expect(text).toContain('After five days of nothing but failures');
    expect(paceS).toEqual([0, 5, 10, 30, 60, 120, 300]);
    expect(text).toContain('pauses of 5 s, 10 s, 30 s, 1, 2 and then 5 minutes');
    expect(rotationGraceS).toEqual({ default: 86_400, max: 604_800 });
    expect(text).toContain('a day unless given, a week at most');
  });
});
