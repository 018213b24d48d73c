import { addressOf, headerLineOf, type PastedRequest, withHost } from './pasted-request.ts';

/** Lines of headers, a blank line and the body, with or without `POST / HTTP/1.1` above them; undefined where it is neither. */
export function readHttp(text: string): PastedRequest | undefined {
  const [head = '', ...rest] = text.replace(/^\s+/, '').split(/\r?\n\r?\n/);
  const separator = text.includes('\r\n\r\n') ? '\r\n\r\n' : '\n\n';
  const [first = '', ...others] = head.split(/\r?\n/);
  const [, method, target] = /^([A-Z]+)\s+(\S+)(?:\s+HTTP\/[\d.]+)?\s*$/.exec(first) ?? [];
  const lines = method === undefined ? [first, ...others] : others;
  const headers = lines.map(headerLineOf);
  if (headers.length === 0 || headers.some((header) => header === undefined)) return undefined;
  const known = headers.filter((header) => header !== undefined);
  const { host, path, query } = addressOf(target?.startsWith('/') ? `-${target}` : (target ?? '/'));
  return {
    form: 'http',
    method: method ?? 'POST',
    path,
    query,
    headers: withHost(known, host === '-' ? '' : host),
    ...(rest.length > 0 && { body: bodyOf(rest.join(separator), known) }),
  };
}

/** Without the line breaks that a paste has at its end, unless the body is said to be that long. */
function bodyOf(text: string, headers: PastedRequest['headers']): string {
  const length = headers.find(([name]) => name.toLowerCase() === 'content-length')?.[1];
  return String(new TextEncoder().encode(text).length) === length ? text : text.replace(/[\r\n]+$/, '');
}
