import { Cron } from 'croner';
import { type Text, untranslated } from '../text.ts';

const fields = [
  { name: 'second', zh: '秒', values: /^\d{1,2}$/ },
  { name: 'minute', zh: '分', values: /^\d{1,2}$/ },
  { name: 'hour', zh: '时', values: /^\d{1,2}$/ },
  { name: 'day', zh: '日', values: /^\d{1,2}$/ },
  { name: 'month', zh: '月', values: /^(\d{1,2}|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)$/ },
  { name: 'weekday', zh: '周', values: /^([0-6]|SUN|MON|TUE|WED|THU|FRI|SAT)$/ },
  { name: 'year', zh: '年', values: /^(19[7-9]\d|20\d\d)$/ },
] as const;

/** The platform schedules in UTC+8, whatever the time zone of the function. */
const utcOffsetMinutes = 8 * 60;

const schedule = (expression: string) =>
  // sloppyRanges: the platform documents `1/10` as "from 1, every tenth".
  // domAndDow: day and weekday given together are documented as "or".
  new Cron(expression, {
    mode: '7-part',
    utcOffset: utcOffsetMinutes,
    sloppyRanges: true,
    domAndDow: false,
    paused: true,
  });

/**
 * What the platform would not accept in a timer's cron expression, or undefined if it would.
 *
 * Seven fields, second to year, with `, - * /` only (product document 583/9708). The library behind it knows
 * more (`L`, `W`, `#`, `?`, nicknames), so the grammar is checked here first. The old five-field form, which the
 * platform still takes and advises against, is refused.
 */
export function cronProblem(expression: string): Text | undefined {
  const parts = expression.trim().split(/\s+/);
  if (parts.length !== fields.length) {
    return {
      zh: `有 ${parts.length} 段而不是 7 段（秒 分 时 日 月 周 年）`,
      en: `has ${parts.length} fields instead of 7 (second minute hour day month weekday year)`,
    };
  }
  for (const [index, field] of fields.entries()) {
    const part = parts[index] ?? '';
    if (!part.split(',').every((item) => isItem(item, field.values))) {
      return {
        zh: `${field.zh}“${part}”无法理解`,
        en: `its ${field.name} "${part}" is not understood`,
      };
    }
  }
  try {
    schedule(expression);
  } catch (error) {
    // The library's own words.
    return untranslated(error instanceof Error ? error.message.replace(/^CronPattern: /, '') : String(error));
  }
  return undefined;
}

/** `*`, `5`, `1-5`, each with or without `/step`. */
function isItem(item: string, values: RegExp): boolean {
  const [range = '', step, ...rest] = item.split('/');
  if (rest.length > 0 || (step !== undefined && !/^[1-9]\d{0,3}$/.test(step))) return false;
  if (range === '*') return true;
  const ends = range.split('-');
  return ends.length <= 2 && ends.every((end) => values.test(end));
}

/** The first time after `afterMs` (milliseconds since the epoch) at which a valid expression is due, if any. */
export function nextOccurrenceMs(expression: string, afterMs: number): number | undefined {
  return schedule(expression).nextRun(new Date(afterMs))?.getTime();
}
