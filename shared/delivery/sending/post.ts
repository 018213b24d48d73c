/** One POST to a receiver, at addresses that were checked. */
import * as http from 'node:http';
import * as https from 'node:https';
import type { LookupFunction } from 'node:net';

export interface PostRequest {
  url: URL;
  /** The only addresses that a connection is made to, whatever the name leads to by now. */
  addresses: readonly string[];
  headers: Readonly<Record<string, string>>;
  body: string;
  /** From the beginning to the end of the answer. */
  timeoutMs: number;
  /** More of an answer is not read. */
  maxAnswerBytes: number;
  /** Certificates to trust instead of the usual ones. */
  ca?: string;
}

type PostError = 'Timeout' | 'ConnectionRefused' | 'TlsFailed' | 'ConnectionBroken';

export type PostResult =
  | { kind: 'answered'; status: number; retryAfter: string | undefined; body: string; isWhole: boolean }
  | { kind: 'failed'; error: PostError };

/**
 * Sends one request and reads its answer. Never throws. Redirects are answers like any other. As soon as there is a
 * status, a body that comes slowly or without end only costs the rest of the body.
 */
export function post(request: PostRequest): Promise<PostResult> {
  return new Promise((resolve) => {
    const sending = open(request);
    let answered: Extract<PostResult, { kind: 'answered' }> | undefined;
    const end = (result: PostResult) => {
      clearTimeout(timer);
      sending.destroy();
      resolve(result);
    };
    const timer = setTimeout(() => end(answered ?? { kind: 'failed', error: 'Timeout' }), request.timeoutMs);
    sending.on('error', (error) => end(answered ?? { kind: 'failed', error: errorOf(error) }));
    sending.once('response', (response) => {
      const { statusCode = 0, headers } = response;
      answered = {
        kind: 'answered',
        status: statusCode,
        retryAfter: headers['retry-after'],
        body: '',
        isWhole: false,
      };
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        bytes += chunk.byteLength;
        if (answered && bytes > request.maxAnswerBytes) end(answered);
      });
      response.once('end', () => {
        if (answered) end({ ...answered, body: Buffer.concat(chunks).toString('utf8'), isWhole: true });
      });
      response.on('error', () => answered && end(answered));
    });
    sending.end(request.body);
  });
}

/** A connection of its own, without an agent: no environment diverts it, and none outlives the event. */
function open({ url, addresses, headers, body, ca }: PostRequest): http.ClientRequest {
  const options: https.RequestOptions = {
    method: 'POST',
    agent: false,
    lookup: checkedLookup(addresses),
    headers: { ...headers, 'content-length': Buffer.byteLength(body), connection: 'close' },
    // Whatever NODE_TLS_REJECT_UNAUTHORIZED says.
    rejectUnauthorized: true,
    ...(ca !== undefined && { ca }),
  };
  return url.protocol === 'https:' ? https.request(url, options) : http.request(url, options);
}

/** Gives the checked addresses for any name: a name server that answers differently now is not asked. */
function checkedLookup(addresses: readonly string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  return (_name, options, callback) => {
    if (options.all) callback(null, all);
    else callback(null, all[0]?.address ?? '', all[0]?.family);
  };
}

function errorOf(error: Error & { code?: string }): PostError {
  const { code = '' } = error;
  if (code === 'ECONNREFUSED') return 'ConnectionRefused';
  if (code === 'ETIMEDOUT') return 'Timeout';
  if (/^(ERR_TLS|ERR_SSL|CERT|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|EPROTO)/.test(code)) return 'TlsFailed';
  return 'ConnectionBroken';
}
