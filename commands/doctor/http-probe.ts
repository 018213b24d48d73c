import { type Text, untranslated } from '../../shared/text.ts';
/** The answer to a request that changes nothing. */
export interface Reply {
  status: number;
  headers: Headers;
  /** At most {@link maxBodyCharacters}. */
  body: string;
  /** When the request was sent and its answer began. Epoch milliseconds. */
  sentAtMs: number;
  receivedAtMs: number;
}

interface ProbeRequest {
  method: 'GET' | 'POST';
  headers?: Readonly<Record<string, string>>;
  body?: string | Buffer;
}

/** @throws {Unreachable} where no answer came */
export type HttpProbe = (url: string, request: ProbeRequest) => Promise<Reply>;

/** No answer came. The message says why in a word, such as `ECONNREFUSED`, and repeats no URL. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';

  readonly why: Text;

  constructor(why: Text, options?: ErrorOptions) {
    super(why.en, options);
    this.why = why;
  }
}

const maxBodyCharacters = 4096;
const timeoutMs = 10_000;

/** Follows no redirect: what answers is what was asked. */
export function createHttpProbe(nowMs: () => number): HttpProbe {
  return async (url, { method, headers = {}, body }) => {
    const sentAtMs = nowMs();
    try {
      const response = await fetch(url, {
        method,
        headers: { 'User-Agent': 'qianma-doctor', ...headers },
        ...(body !== undefined && { body }),
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      });
      const receivedAtMs = nowMs();
      const text = (await response.text()).slice(0, maxBodyCharacters);
      return { status: response.status, headers: response.headers, body: text, sentAtMs, receivedAtMs };
    } catch (cause) {
      throw new Unreachable(reasonOf(cause), { cause });
    }
  };
}

/** `fetch` wraps the error of the system; its code is what an operator can look up. */
function reasonOf(error: unknown): Text {
  if (!(error instanceof Error)) return { zh: '原因未知', en: 'unknown' };
  if (error.name === 'TimeoutError') {
    const timeoutS = timeoutMs / 1000;
    return { zh: `${timeoutS} 秒内无应答`, en: `no answer within ${timeoutS} s` };
  }
  const { cause } = error;
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string')
    return untranslated(cause.code);
  return untranslated(cause instanceof Error ? cause.message : error.message);
}

/** What a problem document (RFC 9457) says, in a few words; the beginning of the text where it is none. */
export function problemText(body: string): string {
  const document = parse(body);
  if (document === undefined) return body.slice(0, 80);
  const { code, detail, title } = document;
  const words = [code, detail ?? title].filter((word) => typeof word === 'string');
  return words.length > 0 ? words.join(': ') : body.slice(0, 80);
}

function parse(body: string): Partial<Record<string, unknown>> | undefined {
  try {
    const document: unknown = JSON.parse(body);
    // Every member is looked at before it is used.
    return typeof document === 'object' && document !== null
      ? (document as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
