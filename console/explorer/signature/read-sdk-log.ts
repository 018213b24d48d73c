/**
 * What the official SDKs print of a request when they are told to: Python (`set_stream_logger`), Go (`Debug`) and Java
 * (`setDebug`), as of 2026-08. That for Node.js prints none; that for Java leaves out the body.
 */
import { addressOf, headerLineOf, type PastedRequest, withHost } from './pasted-request.ts';
import { readHttp } from './read-http.ts';

export function readSdkLog(text: string): PastedRequest | undefined {
  return readPython(text) ?? readGo(text) ?? readJava(text);
}

/** `SendRequest: Host: …`, `Method:`, `Uri:`, `Header:` with a header a line, and `Data:`. */
function readPython(text: string): PastedRequest | undefined {
  const [, host = '', method = '', path = '', head = '', data] =
    /SendRequest: Host: (.*)\nMethod: (.*)\nUri: (.*)\nHeader: ([\s\S]*?)\nData: (.*)/.exec(
      unixLines(text),
    ) ?? [];
  if (data === undefined) return undefined;
  const headers = headersOf(head.split('\n'));
  const isGet = method === 'GET';
  return {
    form: 'python',
    method,
    path,
    query: isGet ? data : '',
    headers: withHost(headers, host),
    body: isGet ? '' : data,
  };
}

/** The request as it goes over the line, behind the prefix of a logger; what follows it is the answer. */
function readGo(text: string): PastedRequest | undefined {
  const [, request] =
    /\[DEBUG\] http request: ([\s\S]*?)(?=\n[^\n]*\[DEBUG\] http response: |$)/.exec(text) ?? [];
  const read = request === undefined ? undefined : readHttp(request);
  return read && { ...read, form: 'go', body: read.body?.replace(/\r?\n$/, '') ?? '' };
}

/** One line, with `;` between the headers, which is in values, too. */
function readJava(text: string): PastedRequest | undefined {
  const [, url = '', head] =
    /send request, request url: (\S+)\. request headers information: (.*)/.exec(unixLines(text)) ?? [];
  if (head === undefined) return undefined;
  const { host, path, query } = addressOf(url);
  const headers = headersOf(head.split(/;(?=[A-Za-z][\w-]*: )/).map((line) => line.replace(/;$/, '')));
  return {
    form: 'java',
    method: query === '' ? 'POST' : 'GET',
    path,
    query,
    headers: withHost(headers, host),
  };
}

const unixLines = (text: string) => text.replaceAll('\r\n', '\n');

const headersOf = (lines: readonly string[]) =>
  lines.map(headerLineOf).filter((header) => header !== undefined);
