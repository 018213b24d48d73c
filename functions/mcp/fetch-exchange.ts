import type { Answer } from '../../shared/runtime/http/http-handler.ts';
import type { HttpRequest } from '../../shared/runtime/read-event.ts';

/** What the protocol reads of the headers; the API key is not among it. */
const wanted = /^(accept|content-type|mcp-[a-z0-9-]{1,64})$/;
/** RFC 9110 §5.5: a value that has anything else came from no client of the protocol. */
const value = /^[\t\x20-\x7e\x80-\xff]*$/;

/** A request of the platform as one of the Fetch API. */
export function toFetchRequest({ method, headers, body }: HttpRequest): Request {
  const read = Object.entries(headers).filter(([name, text]) => wanted.test(name) && value.test(text));
  // Nothing reads the address: who is here has been called by it.
  return new Request('https://qianma.invalid/mcp', { method, headers: read, body });
}

/** Headers of a stream that the platform does not have: it takes the whole answer at once. */
const ofStreams = ['connection', 'x-accel-buffering', 'cache-control'];

/** An answer of the Fetch API as the platform takes it. An answer as events is whole when its stream ends. */
export async function toAnswer(response: Response): Promise<Answer> {
  const headers = [...response.headers].filter(([name]) => !ofStreams.includes(name));
  return { status: response.status, headers: Object.fromEntries(headers), body: await response.text() };
}
