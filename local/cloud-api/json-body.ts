import type { GatewayCode } from './gateway-code.ts';
import { type Found, found, type Refuse } from './outcome.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The body as JSON. Upstream's answer to a body that is none is not documented. */
export function parseJson(body: Uint8Array, refuse: Refuse<GatewayCode>): Found<unknown> {
  try {
    return found(JSON.parse(utf8.decode(body)));
  } catch {
    // Neither the text nor the parser's message about it, which quotes the text, may reach a log.
    return refuse('InvalidParameter', {
      zh: '请求体不是 UTF-8 编码的 JSON',
      en: 'the body is not JSON in UTF-8',
    });
  }
}
