import { errorRecord } from './error-record.ts';
import { isForbiddenName, redacted, redactText } from './redact.ts';

type Level = 'info' | 'warn' | 'error';

/** Values of a line. Whatever is deeper than a list of scalars or a small object does not belong there. */
export type LogFields = Readonly<Record<string, unknown>>;

export interface Log {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields, error?: unknown): void;
  error(message: string, fields?: LogFields, error?: unknown): void;
}

export interface LogOptions {
  /** Takes one line without its line break. */
  write: (line: string) => void;
  /** Epoch milliseconds. */
  now: () => number;
  /** Members of every line: `function`, `requestId`. */
  fields: LogFields;
  /** Values of the configuration that must never appear. */
  secrets: readonly string[];
}

const maxDepth = 8;
const maxItems = 50;
const maxTextLength = 1000;

/**
 * Writes one JSON object a line: `time`, `level`, `message`, then the fields. What is never logged is replaced by
 * {@link redacted}, by the name of the member or by the form of the text; `error-record.ts` writes errors.
 */
export function createLog({ write, now, fields, secrets }: LogOptions): Log {
  const line = (level: Level, message: string, more: LogFields = {}, error?: unknown) => {
    const written: Record<string, unknown> = { time: new Date(now()).toISOString(), level };
    cleanInto(written, { message }, secrets, 0);
    cleanInto(written, fields, secrets, 0);
    cleanInto(written, more, secrets, 0);
    if (error !== undefined) cleanInto(written, { error: errorRecord(error) }, secrets, 0);
    write(JSON.stringify(written));
  };
  return {
    info: (message, more) => line('info', message, more),
    warn: (message, more, error) => line('warn', message, more, error),
    error: (message, more, error) => line('error', message, more, error),
  };
}

/** A value as it may be written. Loops end at {@link maxDepth}. */
function clean(value: unknown, secrets: readonly string[], depth: number): unknown {
  if (typeof value === 'string') return redactText(value, secrets).slice(0, maxTextLength);
  if (typeof value === 'number' || typeof value === 'bigint') return cleanNumber(value);
  if (typeof value === 'boolean' || value === null) return value;
  if (typeof value !== 'object') return undefined;
  if (depth === maxDepth) return '…';
  if (Array.isArray(value)) return value.slice(0, maxItems).map((item) => clean(item, secrets, depth + 1));
  if (value instanceof Error) return clean(errorRecord(value), secrets, depth + 1);
  return cleanInto({}, value, secrets, depth);
}

/** The members of an object, added to another. */
function cleanInto(
  into: Record<string, unknown>,
  members: object,
  secrets: readonly string[],
  depth: number,
): object {
  let left = maxItems;
  for (const [name, member] of Object.entries(members)) {
    if (left === 0) break;
    left -= 1;
    const shown = redactText(name, secrets).slice(0, maxTextLength);
    into[shown] = isForbiddenName(name) ? redacted : clean(member, secrets, depth + 1);
  }
  return into;
}

/** Integers of fewer digits hold no number of a person. */
const tooShort = 1e10;

/** An 11-digit number may be a mobile number. */
function cleanNumber(value: number | bigint): number | string {
  if (typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < tooShort) return value;
  const text = String(value);
  const cleaned = redactText(text);
  return cleaned === text && typeof value === 'number' ? value : cleaned;
}
