import { errorRecord } from './error-record.ts';
import { isForbiddenName, redacted, redactText } from './redact.ts';

export type Level = 'info' | 'warn' | 'error';

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
 * {@link redacted}, by the name of the member or by the form of the text; errors are told by `error-record.ts`.
 */
export function createLog({ write, now, fields, secrets }: LogOptions): Log {
  const line = (level: Level, message: string, more: LogFields = {}, error?: unknown) => {
    const told = error === undefined ? {} : { error: errorRecord(error) };
    const head = { time: new Date(now()).toISOString(), level };
    const rest = clean({ message, ...fields, ...more, ...told }, secrets, 0);
    write(JSON.stringify({ ...head, ...(typeof rest === 'object' ? rest : {}) }));
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
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, maxItems)
      .map(([name, member]) => [
        redactText(name, secrets).slice(0, maxTextLength),
        isForbiddenName(name) ? redacted : clean(member, secrets, depth + 1),
      ]),
  );
}

/** An 11-digit number may be somebody's mobile. */
function cleanNumber(value: number | bigint): number | string {
  const text = String(value);
  const cleaned = redactText(text);
  return cleaned === text && typeof value === 'number' ? value : cleaned;
}
