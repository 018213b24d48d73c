/** What a function answers where it refuses or fails: RFC 9457. */
export interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  detail?: string;
  /** Tencent's own code where Tencent refused, else one of qianma's. */
  code: string;
  requestId: string;
  upstreamRequestId?: string;
  errors?: { path: string; message: string }[];
  /** Facts of this problem, for example the current `version`. */
  [member: string]: unknown;
}

/** A call that was refused or failed. */
export class QianmaProblem extends Error {
  override readonly name = 'QianmaProblem';
  readonly status: number;
  readonly code: string;
  readonly requestId: string;
  /** Everything that is wrong with the request, each with its dotted path. */
  readonly errors: readonly { path: string; message: string }[];
  readonly document: ProblemDocument;
  /** Seconds after which a retry makes sense, where the answer says so. */
  readonly retryAfterS: number | undefined;

  constructor(document: ProblemDocument, retryAfterS: number | undefined) {
    super(`${document.code}: ${document.detail ?? document.title}`);
    this.status = document.status;
    this.code = document.code;
    this.requestId = document.requestId;
    this.errors = document.errors ?? [];
    this.document = document;
    this.retryAfterS = retryAfterS;
  }
}

/** No answer came, or one that is none of qianma's. What was asked may have happened. */
export class QianmaUnreachable extends Error {
  override readonly name = 'QianmaUnreachable';
}

/** Makes the error of an answer other than 200. */
export async function problemOf(response: Response): Promise<QianmaProblem | QianmaUnreachable> {
  const document = await response.json().catch(() => undefined);
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  return isProblem(document)
    ? new QianmaProblem(document, Number.isNaN(retryAfter) ? undefined : retryAfter)
    : new QianmaUnreachable(`HTTP ${response.status} without a problem document`);
}

function isProblem(value: unknown): value is ProblemDocument {
  return typeof value === 'object' && value !== null && 'code' in value && 'requestId' in value;
}
