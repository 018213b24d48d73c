/** Why a call has not done what was asked: an RFC 9457 problem document, or no answer at all. */
export class CallProblem extends Error {
  override readonly name = 'CallProblem';
  /** Undefined: no answer came. */
  readonly status: number | undefined;
  readonly code: string;
  readonly requestId: string | undefined;
  readonly problems: readonly { path: string; message: string }[];

  constructor(
    status: number | undefined,
    document: Readonly<Record<string, unknown>>,
    options?: ErrorOptions,
  ) {
    super(textOf(document['detail']) ?? textOf(document['title']) ?? '', options);
    this.status = status;
    this.code = textOf(document['code']) ?? (status === undefined ? 'NoAnswer' : `HTTP ${status}`);
    this.requestId = textOf(document['requestId']);
    this.problems = Array.isArray(document['errors']) ? document['errors'].flatMap(readProblem) : [];
  }
}

function readProblem(given: unknown): { path: string; message: string }[] {
  if (typeof given !== 'object' || given === null) return [];
  const { path, message } = given as Record<string, unknown>; // each is looked at
  return typeof path === 'string' && typeof message === 'string' ? [{ path, message }] : [];
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Whatever was thrown on the way: what is no answer of a function is none at all. */
export function asProblem(error: unknown): CallProblem {
  return error instanceof CallProblem ? error : new CallProblem(undefined, {}, { cause: error });
}
