import { failureOf, type Problem, type QianmaError } from '../../errors.ts';
import { inLanguage, type Language } from '../../text.ts';

/** The body of a failure: RFC 9457, with our extension members. */
interface ProblemDocument {
  /** `urn:problem-type:qianma:<code>`: names the kind of problem, and is no address to be fetched. */
  type: string;
  title: string;
  status: number;
  detail?: string;
  /** Upstream's code where upstream refused, else one of `shared/errors.ts`. */
  code: string;
  requestId: string;
  upstreamRequestId?: string;
  errors?: readonly { path: string; message: string }[];
  /** Facts of this problem, for example the current `version`. */
  [member: string]: unknown;
}

export interface ProblemAnswer {
  document: ProblemDocument;
  headers: Record<string, string>;
  /** The failure behind the document; `InternalFailure` with its cause for an error that is not ours. */
  failure: QianmaError;
}

export interface ProblemContext {
  requestId: string;
  language: Language;
  /** Methods that the function takes. */
  allow: readonly string[];
}

const contentLanguages = { zh: 'zh-CN', en: 'en' } as const;

/** The answer to anything that was thrown. What is not one of our failures leaves as one generic sentence. */
export function problemOf(thrown: unknown, { requestId, language, allow }: ProblemContext): ProblemAnswer {
  const failure = failureOf(thrown);
  const { code, status, upstreamRequestId } = failure;
  const document: ProblemDocument = {
    ...(failure.expose ? failure.members : {}),
    type: `urn:problem-type:qianma:${code}`,
    title: failure.title[language],
    status,
    ...(failure.expose && failure.detail !== undefined
      ? { detail: inLanguage(failure.detail, language) }
      : {}),
    code,
    requestId,
    ...(upstreamRequestId === undefined ? {} : { upstreamRequestId }),
    ...(failure.expose && failure.problems.length > 0
      ? { errors: failure.problems.map((problem) => shown(problem, language)) }
      : {}),
  };
  return { document, headers: headersOf(failure, language, allow), failure };
}

function shown({ path, message }: Problem, language: Language): { path: string; message: string } {
  return { path, message: inLanguage(message, language) };
}

/** RFC 9110 §11.6.1 wants a scheme with every 401; that of notifications is no registered one. */
const challenges: Readonly<Record<string, string>> = { NotificationUnproven: 'Content-Signature' };

function headersOf(
  failure: QianmaError,
  language: Language,
  allow: readonly string[],
): Record<string, string> {
  const { status, retryAfterS } = failure;
  return {
    'Content-Type': 'application/problem+json; charset=utf-8',
    'Content-Language': contentLanguages[language],
    // RFC 9110 §10.2.3: whole seconds. Rounded up, as earlier is too early.
    ...(retryAfterS === undefined ? {} : { 'Retry-After': String(Math.max(0, Math.ceil(retryAfterS))) }),
    ...(status === 401 ? { 'WWW-Authenticate': challenges[failure.code] ?? 'Bearer' } : {}),
    ...(status === 405 ? { Allow: allow.join(', ') } : {}),
  };
}
