/** A request as somebody has pasted it, whatever it was copied from. */
export interface PastedRequest {
  method: string;
  path: string;
  /** What stood behind the `?`, undecoded. */
  query: string;
  /** In their order and spelling. */
  headers: readonly (readonly [name: string, value: string])[];
  /** Undefined where what was pasted does not have it: not every SDK logs it. */
  body?: string;
  /** What it was copied from. */
  form: PastedForm;
}

export type PastedForm = 'curl' | 'http' | 'python' | 'go' | 'java';

/** The value of a header, whatever the case of its name; undefined where there is none. */
export function headerOf({ headers }: PastedRequest, name: string): string | undefined {
  return headers.find(([one]) => one.toLowerCase() === name)?.[1];
}

/** Host, path and query of a URL, which may lack its protocol; as they were written, without an encoding of any kind. */
export function addressOf(url: string): { host: string; path: string; query: string } {
  const [, host = '', path = '', query = ''] = /^(?:https?:\/\/)?([^/?#]*)([^?#]*)\??([^#]*)/.exec(url) ?? [];
  return { host, path: path === '' ? '/' : path, query };
}

/** With a header `Host`, as HTTP libraries add it, unless there is one. */
export function withHost(headers: PastedRequest['headers'], host: string): PastedRequest['headers'] {
  const isThere = host === '' || headers.some(([name]) => name.toLowerCase() === 'host');
  return isThere ? headers : [...headers, ['Host', host]];
}

/** `Name: value`, with whatever blanks around it; undefined where the line is none. */
export function headerLineOf(line: string): readonly [string, string] | undefined {
  const [, name, value] = /^\s*([\w-]+)\s*:\s*(.*?)\s*$/.exec(line) ?? [];
  return name === undefined || value === undefined ? undefined : [name, value];
}
