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

export interface ProbeRequest {
  method: 'GET' | 'POST';
  headers?: Readonly<Record<string, string>>;
  body?: string | Buffer;
}

/** @throws {Unreachable} where no answer came */
export type HttpProbe = (url: string, request: ProbeRequest) => Promise<Reply>;

/** No answer came. The message says why in a word, such as `ECONNREFUSED`, and repeats no URL. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
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
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error.name === 'TimeoutError') return `no answer within ${timeoutMs / 1000} s`;
  const { cause } = error;
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
  return cause instanceof Error ? cause.message : error.message;
}
