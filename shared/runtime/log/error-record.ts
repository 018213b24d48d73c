import { QianmaError, UpstreamError } from '../../errors.ts';
import { inLanguage } from '../../text.ts';

/** What is logged of something that was thrown. */
export interface ErrorRecord {
  type: string;
  code?: string;
  /** Of our own errors alone. */
  detail?: string;
  /** Frames without their message. */
  stack?: readonly string[];
  cause?: ErrorRecord;
}

/** Causes of causes beyond this are left out, and so is a chain that bites its tail. */
const maxCauses = 5;
const maxFrames = 12;
const maxFrameLength = 300;

/** `at name (file:line:column)`, as V8 writes a frame; a message that imitates one would need to be a path. */
const frame = /^ {4}at (?:[\w$.<>#[\] ]+ \()?(?:[\w:/\\.@+-]+:\d+:\d+|<anonymous>|native)\)?$/;

/**
 * Something thrown, by type, code and place.
 *
 * The messages of errors that are not ours are left out: a database quotes the row, `JSON.parse` quotes the body,
 * upstream quotes what it was sent, and a person's name in them looks like any other word.
 */
export function errorRecord(thrown: unknown, depth = 0): ErrorRecord {
  try {
    return recordOf(thrown, depth);
  } catch {
    // Getters may throw. Logging an error must not raise another one.
    return { type: 'unreadable' };
  }
}

function recordOf(thrown: unknown, depth: number): ErrorRecord {
  if (!(thrown instanceof Error))
    return { type: thrown === null ? 'null' : typeof thrown, ...codeOf(thrown) };
  const detail =
    thrown instanceof QianmaError && !(thrown instanceof UpstreamError) ? thrown.detail : undefined;
  const stack = framesOf(thrown.stack);
  const cause =
    depth < maxCauses && thrown.cause !== undefined ? errorRecord(thrown.cause, depth + 1) : undefined;
  return {
    type: /^\w{1,64}$/.test(thrown.name) ? thrown.name : 'Error',
    ...codeOf(thrown),
    ...(detail === undefined ? {} : { detail: inLanguage(detail, 'en') }),
    ...(stack.length === 0 ? {} : { stack }),
    ...(cause === undefined ? {} : { cause }),
  };
}

/** `ECONNREFUSED`, `23505`, `InvalidParameter.Mobile`: words of a protocol, not of a person. */
function codeOf(thrown: unknown): { code?: string } {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return {};
  const code = String(thrown.code);
  return /^[\w.-]{1,64}$/.test(code) ? { code } : {};
}

function framesOf(stack: unknown): string[] {
  if (typeof stack !== 'string') return [];
  return stack
    .split('\n')
    .filter((line) => line.length < maxFrameLength && frame.test(line))
    .slice(0, maxFrames)
    .map((line) => line.trim());
}
