import type { ShownText } from '../../shared/text.ts';
import { language } from '../state/preferences.ts';
import { dictionary, type TextKey } from './dictionary.ts';
import { type Facts, fill } from './fill.ts';

/** A text in the language that is chosen, with its facts. Follows a change of it. */
export function say(key: TextKey, facts: Facts = {}): string {
  return fill(dictionary[key][language.value], facts);
}

/** What a function has said in both languages. */
export function saidBy({ En, Zh }: ShownText): string {
  return language.value === 'zh' ? Zh : En;
}

/** For `Intl`. */
const locale = () => (language.value === 'zh' ? 'zh-CN' : 'en-GB');

/** Numbers, times and durations as people write them. Times are Unix seconds. */
export const number = (value: number) => new Intl.NumberFormat(locale()).format(value);

export function time(atS: number): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short' }).format(atS * 1000);
}

export function day(atS: number): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'medium' }).format(atS * 1000);
}

export function timeToSecond(atMs: number): string {
  return new Intl.DateTimeFormat(locale(), { timeStyle: 'medium' }).format(atMs);
}

const units = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** `3 days`: of a length of time, in its largest whole unit. Seconds. */
export function duration(lengthS: number): string {
  const [unit, sizeS] = units.find(([, sizeS]) => lengthS >= sizeS) ?? units[2];
  const count = Math.max(0, Math.floor(lengthS / sizeS));
  return new Intl.NumberFormat(locale(), { style: 'unit', unit, unitDisplay: 'long' }).format(count);
}
