import { Cron } from 'croner';

const fields = [
  { name: 'second', values: /^\d{1,2}$/ },
  { name: 'minute', values: /^\d{1,2}$/ },
  { name: 'hour', values: /^\d{1,2}$/ },
  { name: 'day', values: /^\d{1,2}$/ },
  { name: 'month', values: /^(\d{1,2}|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)$/ },
  { name: 'weekday', values: /^([0-6]|SUN|MON|TUE|WED|THU|FRI|SAT)$/ },
  { name: 'year', values: /^(19[7-9]\d|20\d\d)$/ },
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
export function cronProblem(expression: string): string | undefined {
  const parts = expression.trim().split(/\s+/);
  if (parts.length !== fields.length) {
    return `has ${parts.length} fields instead of 7 (second minute hour day month weekday year)`;
  }
  for (const [index, field] of fields.entries()) {
    const part = parts[index] ?? '';
    if (!part.split(',').every((item) => isItem(item, field.values))) {
      return `its ${field.name} "${part}" is not understood`;
    }
  }
  try {
    schedule(expression);
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^CronPattern: /, '') : String(error);
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
