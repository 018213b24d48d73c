import * as z from 'zod/mini';

/** What is read of a function's own lines. */
const LogRecord = z.looseObject({
  time: z.optional(z.string()),
  level: z.enum(['info', 'warn', 'error']),
  message: z.string(),
  method: z.optional(z.string()),
  status: z.optional(z.int()),
  code: z.optional(z.string()),
  outcome: z.optional(z.string()),
  messageType: z.optional(z.string()),
  reason: z.optional(z.string()),
  renewal: z.optional(z.string()),
  verdict: z.optional(z.string()),
  codeId: z.optional(z.string()),
  result: z.optional(z.record(z.string(), z.unknown())),
  error: z.optional(z.looseObject({ code: z.optional(z.string()) })),
});
export type LogRecord = z.infer<typeof LogRecord>;

export interface LogEntry {
  /** A function, `emulator` or `database`; empty where the line names none. */
  source: string;
  /** The line without its source. */
  rest: string;
  /** The rest, where it is a line of a function's own log. */
  record: LogRecord | undefined;
}

/** Reads `<source> | <rest>`. */
export function readLogEntry(line: string): LogEntry {
  const [, source = '', rest = line] = /^([\w-]+) \| ([\s\S]*)$/.exec(line) ?? [];
  const parsed = LogRecord.safeParse(readJson(rest));
  return { source, rest, record: parsed.success ? parsed.data : undefined };
}

/** The same line for a machine: what is no JSON yet becomes the message of an object. */
export function jsonLineOf(line: string, nowMs: number): string {
  const { source, rest, record } = readLogEntry(line);
  if (record !== undefined) return rest;
  return JSON.stringify({ time: new Date(nowMs).toISOString(), level: 'info', message: rest, source });
}

function readJson(text: string): unknown {
  if (!text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
