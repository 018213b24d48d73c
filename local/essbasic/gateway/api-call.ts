import type { IncomingHttpHeaders } from 'node:http';

/** A request to the API, fully received. */
export interface ApiCall {
  method: string;
  /** What stood behind the `?`, undecoded. */
  query: string;
  /** By lower-case name, each with every value that came. */
  headers: Readonly<NodeJS.Dict<string[]>>;
  /** Undefined where it was too large to be kept. */
  body: Uint8Array | undefined;
}

/** A header's value; empty where it is missing, joined where it came more than once. */
export function header({ headers }: ApiCall, name: keyof IncomingHttpHeaders & string): string {
  return headers[name]?.join(', ') ?? '';
}

const namePattern = /^[A-Za-z]\w{0,99}$/;

/** `X-TC-Action` as it may be written down: what is no name at all is not repeated. */
export function actionNamed(call: ApiCall): string {
  const action = header(call, 'x-tc-action');
  if (action === '') return '';
  return namePattern.test(action) ? action : '(unreadable)';
}
