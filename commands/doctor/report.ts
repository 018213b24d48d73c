import { redactText } from '../../shared/runtime/log/redact.ts';
import type { Language } from '../../shared/text.ts';
import type { CheckedItem } from './run-checks.ts';

export interface ReportOptions {
  language: Language;
  /** Texts that must not be shown, wherever they come from. */
  secrets: readonly string[];
}

const words = {
  en: { ok: 'ok', warn: 'warnings', fail: 'failed', skipped: 'skipped', separator: ', ' },
  zh: { ok: '项正常', warn: '项警告', fail: '项失败', skipped: '项跳过', separator: '，' },
} as const;

const outcomes = ['ok', 'warn', 'fail', 'skipped'] as const;

/** Nothing failed. */
export function isHealthy(items: readonly CheckedItem[]): boolean {
  return items.every(({ outcome }) => outcome !== 'fail');
}

/** A line for each check, what to do under it where something is to be done, and one line that counts. */
export function reportLines(items: readonly CheckedItem[], { language, secrets }: ReportOptions): string[] {
  const width = Math.max(...items.map(({ id }) => id.length));
  const lines = items.flatMap(({ id, outcome, text, remedy }) => [
    `${outcome.padEnd(7)}  ${id.padEnd(width)}  ${text[language]}`,
    ...(remedy === undefined ? [] : [`${' '.repeat(7 + 2 + width)}  → ${remedy[language]}`]),
  ]);
  const { separator, ...names } = words[language];
  const counts = outcomes
    .map((outcome) => ({ outcome, count: items.filter((item) => item.outcome === outcome).length }))
    .filter(({ count }) => count > 0)
    .map(({ outcome, count }) => `${count} ${names[outcome]}`);
  return [...lines, counts.join(separator)].map((line) =>
    redactText(line.replaceAll(/\s*\n\s*/g, ' '), secrets),
  );
}

/** The same for a program. */
export function reportDocument(items: readonly CheckedItem[], { language, secrets }: ReportOptions): string {
  const safe = (text: string) => redactText(text, secrets);
  const checks = items.map(({ id, outcome, text, remedy }) => ({
    id,
    outcome,
    text: safe(text[language]),
    ...(remedy !== undefined && { remedy: safe(remedy[language]) }),
  }));
  return JSON.stringify({ healthy: isHealthy(items), checks }, null, 2);
}
