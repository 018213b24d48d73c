import { request } from 'node:http';

/** An answer as it came over the wire. */
export interface RawAnswer {
  status: number;
  contentType: string | undefined;
  text: string;
}

export interface ApiAnswer {
  RequestId: string;
  Error?: { Code: string; Message: string };
  [member: string]: unknown;
}

/** Sends bytes as they are; rejects where the connection is closed without an answer. */
export function send(
  url: string,
  options: { method?: string; headers?: Record<string, string | string[]>; body?: Uint8Array } = {},
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const { method = 'POST', headers = {}, body = new Uint8Array() } = options;
    const call = request(url, { method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          contentType: response.headers['content-type'],
          text: Buffer.concat(chunks).toString(),
        }),
      );
    });
    call.on('error', reject);
    call.end(body);
  });
}
