import { Failure } from '../../errors.ts';
import type { Text } from '../../text.ts';
import type { HeaderFields } from '../read-event.ts';

const texts = {
  type: { zh: '请发送 Content-Type: application/json', en: 'Send Content-Type: application/json' },
  charset: { zh: '请求体编码应为 UTF-8', en: 'The body must be in UTF-8, which JSON always is' },
  coding: {
    zh: '不支持压缩的请求体（Content-Encoding）',
    en: 'The body must not be compressed (Content-Encoding)',
  },
} as const satisfies Record<string, Text>;

/** @throws Failure `UnsupportedMediaType` unless the body is announced as JSON, in UTF-8 and not compressed */
export function requireJson(headers: HeaderFields): void {
  const refuse = (text: Text) => new Failure('UnsupportedMediaType', { detail: text });
  const [type = '', ...parameters] = (headers['content-type'] ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  if (type !== 'application/json') throw refuse(texts.type);
  const charset = parameters.find((parameter) => parameter.startsWith('charset='));
  if (charset !== undefined && !/^charset=(["']?)utf-?8\1$/.test(charset)) throw refuse(texts.charset);
  if (!/^(identity)?$/i.test(headers['content-encoding'] ?? '')) throw refuse(texts.coding);
}
