import type { PastedRequest } from './pasted-request.ts';
import { readCurl } from './read-curl.ts';
import { readHttp } from './read-http.ts';
import { readSdkLog } from './read-sdk-log.ts';

/** Whatever was pasted, read; undefined where it is no request that is known here. */
export function readRequest(text: string): PastedRequest | undefined {
  return readSdkLog(text) ?? (/\bcurl\s/.test(text) ? readCurl(text) : undefined) ?? readHttp(text);
}
