import { isUtf8 } from 'node:buffer';
import { Failure } from '../../errors.ts';
import { inBoth, type Text } from '../../text.ts';
import { type Finding, JsonFault, scanJson } from './json-scanner.ts';
import { pathText } from './path-text.ts';

const texts = {
  empty: { zh: '请求体为空，应为 JSON 对象', en: 'The body is empty: send a JSON object' },
  encoding: { zh: '请求体不是 UTF-8 编码', en: 'The body is not UTF-8' },
  byteOrderMark: {
    zh: '请求体以字节顺序标记（BOM）开头，请去掉',
    en: 'The body begins with a byte order mark: leave it out',
  },
  notAnObject: { zh: '请求体应为 JSON 对象', en: 'The body must be a JSON object' },
  whole: { zh: '请求体', en: 'The body' },
} as const satisfies Record<string, Text>;

/**
 * The JSON object in a body, read strictly: two readers of the same bytes must never see different requests.
 *
 * A byte order mark is refused, not stripped: RFC 8259 §8.1 forbids senders to write one, `JSON.parse` refuses it
 * too, and signatures and hashes of the body would otherwise differ by three bytes.
 *
 * @throws Failure `MalformedBody` for what is empty, not UTF-8, not JSON or no object, nests too deep, has a name
 * twice or `__proto__`, or numbers that lose precision. It never quotes a value.
 */
export function parseJsonObject(bytes: Uint8Array): Record<string, unknown> {
  const refuse = (text: Text) => new Failure('MalformedBody', { detail: text });
  if (bytes.length === 0) throw refuse(texts.empty);
  if (!isUtf8(bytes)) throw refuse(texts.encoding);
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  if (text.startsWith('\ufeff')) throw refuse(texts.byteOrderMark);
  const findings = scan(text);
  if (findings.length > 0) throw unfit(findings);
  // The scanner has read the same grammar, so this cannot fail; its error would quote the body.
  const value: unknown = JSON.parse(text);
  if (!isObject(value)) throw refuse(texts.notAnObject);
  return value;
}

/** What is wrong with a text, a fault of syntax included. */
function scan(text: string): Finding[] {
  try {
    return scanJson(text);
  } catch (error) {
    if (error instanceof JsonFault) return [error.finding];
    throw error;
  }
}

function unfit(findings: readonly Finding[]): Failure {
  const problems = findings.map(({ path, text }) => ({ path: pathText(path), message: text }));
  const detail = inBoth((language) =>
    problems
      .map(({ path, message }) => `${path === '' ? texts.whole[language] : path} ${message[language]}`)
      .join('; '),
  );
  return new Failure('MalformedBody', { detail, problems });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
