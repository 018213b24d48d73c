import { Failure } from '../../errors.ts';
import type { Text } from '../../text.ts';

const maxIdempotencyKeyLength = 255;

const texts = {
  form: {
    zh: 'Idempotency-Key 应只发送一次，为可见 ASCII 字符串，可带双引号',
    en: 'Idempotency-Key must be sent once, as a string of visible ASCII characters, in double quotes or without',
  },
  length: {
    zh: `Idempotency-Key 应为 1 到 ${maxIdempotencyKeyLength} 个字符`,
    en: `Idempotency-Key must have 1 to ${maxIdempotencyKeyLength} characters`,
  },
} as const satisfies Record<string, Text>;

/**
 * The key of the header `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header): a string of RFC 9651, or its
 * bare text, as many clients send it. Sent twice, the values arrive joined by a comma, which the bare form excludes.
 *
 * @throws Failure `InvalidRequest`
 */
export function readIdempotencyKey(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const quoted = /^"((?:[\x20-\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"$/.exec(header)?.[1];
  const key = quoted?.replace(/\\(["\\])/g, '$1') ?? /^[\x21\x23-\x2b\x2d-\x5b\x5d-\x7e]*$/.exec(header)?.[0];
  if (key === undefined) throw refuse(texts.form);
  if (key.length === 0 || key.length > maxIdempotencyKeyLength) throw refuse(texts.length);
  return key;
}

function refuse(message: Text): Failure {
  return new Failure('InvalidRequest', { detail: message, problems: [{ path: 'Idempotency-Key', message }] });
}
