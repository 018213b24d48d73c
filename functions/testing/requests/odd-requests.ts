/** What may go wrong with a request on its way here: members, numbers, characters, encodings, headers. */
import fc from 'fast-check';
import { oddText } from './odd-texts.ts';

/** What stands in a JSON text as it is, and what no value of JavaScript is written as. */
const literals = [
  '1e400',
  '-1e400',
  '-0',
  '1.0',
  '1E2',
  '0.1',
  '5e-324',
  '1e-400',
  '9007199254740991',
  '9007199254740993',
  '-9223372036854775809',
  '123456789012345678901234567890',
  '01',
  'NaN',
  'Infinity',
  'undefined',
  '"\\ud800"',
  '"a\\udfffb"',
  '"\\ud83d\\ude00"',
  '"\\u0000"',
  '"a\\u0000b"',
  '"\\ufffd"',
  '"\ufffd"',
  '"\n"',
  '"\\x"',
  '"\\u00e9\\/\\b"',
  '{"a":1,"a":2}',
  '{"__proto__":1}',
  '{"":""}',
  `${'['.repeat(33)}${']'.repeat(33)}`,
  `${'[{"a":'.repeat(14)}1${'}]'.repeat(14)}`,
  "''",
  '',
  '[1,]',
  '/* */1',
] as const;

const mark = (index: number) => `literal:${index}:`;

const value = fc.oneof(
  { arbitrary: fc.constantFrom(...literals.map((_, index) => mark(index))), weight: 3 },
  {
    arbitrary: fc.constantFrom<unknown>(undefined, null, '', 0, -1, 1, true, false, [], {}, [null], [[]]),
    weight: 3,
  },
  { arbitrary: oddText(0, 300), weight: 4 },
  { arbitrary: fc.constantFrom('字', 'a', '\n').map((one) => one.repeat(5_000)), weight: 1 },
  { arbitrary: fc.integer(), weight: 1 },
  { arbitrary: fc.double(), weight: 1 },
  { arbitrary: fc.array(oddText(0, 70), { maxLength: 40 }), weight: 1 },
  { arbitrary: fc.jsonValue({ maxDepth: 3 }), weight: 1 },
);

/** The JSON text of a body in which one to three members are others, missing, or more. */
export function mutatedTexts(body: Record<string, unknown>): fc.Arbitrary<string> {
  const places = placesOf(body);
  const extra = oddText(1, 30).map((name) => [name]);
  const place = fc.oneof(
    { arbitrary: fc.constantFrom(...places), weight: 8 },
    { arbitrary: extra, weight: 1 },
  );
  return fc.array(fc.tuple(place, value), { minLength: 1, maxLength: 3 }).map((changes) => {
    let whole: unknown = body;
    for (const [path, replacement] of changes) whole = changedAt(whole, path, replacement);
    return textOf(whole);
  });
}

/** The JSON text of a value, with the literals that were marked in it. */
export function textOf(whole: unknown): string {
  const text = JSON.stringify(whole) ?? '';
  return text.replace(/"literal:(\d+):"/g, (_, index: string) => literals[Number(index)] ?? '');
}

function placesOf(whole: unknown, path: string[] = []): string[][] {
  if (typeof whole !== 'object' || whole === null) return [path];
  return [path, ...Object.entries(whole).flatMap(([name, member]) => placesOf(member, [...path, name]))];
}

/** A copy that differs in one place: what the generators hand out is in other requests too. */
function changedAt(whole: unknown, [name, ...rest]: readonly string[], replacement: unknown): unknown {
  if (name === undefined) return replacement;
  if (typeof whole !== 'object' || whole === null) return whole;
  const member = changedAt(Reflect.get(whole, name), rest, replacement);
  const copy = Array.isArray(whole) ? [...whole] : { ...whole };
  return Object.defineProperty(copy, name, {
    value: member,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

type Headers = Record<string, unknown>;

const contentTypes = [
  'application/json; charset=utf-8',
  'application/json;charset=UTF8',
  'application/json; charset="utf-8"; x=y',
  'application/json; charset=gbk',
  'application/json; charset=utf-16le',
  'application/json; charset=iso-8859-1',
  'application/json; charset=',
  'application/json;;;',
  'application/JSON',
  'application/jsonp',
  'text/plain',
  'text/json; charset=gb18030',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/json, application/json',
  '',
] as const;

/** Headers laid over right ones; undefined takes one away. */
const headerChanges: fc.Arbitrary<Headers> = fc.oneof(
  fc.constantFrom<unknown>(...contentTypes, undefined, null, 7, ['application/json'], {}).map((type) => ({
    'content-type': type,
  })),
  fc.constantFrom('gzip', 'identity', 'br, gzip').map((coding) => ({ 'content-encoding': coding })),
  oddText(0, 300).map((key) => ({ 'idempotency-key': key })),
  fc.uuid().map((key) => ({ 'Idempotency-Key': key })),
  oddText(0, 300).map((id) => ({ 'x-request-id': id })),
  oddText(0, 60).map((key) => ({ authorization: `Bearer ${key}` })),
  fc.constantFrom<unknown>('Basic YTpi', undefined, ['Bearer a', 'Bearer b'], 0).map((authorization) => ({
    authorization,
  })),
  oddText(0, 60).map((origin) => ({ origin, cookie: origin, 'x-forwarded-for': origin, accept: origin })),
  fc.dictionary(oddText(1, 20), oddText(0, 40), { noNullPrototype: true }),
);

/** Nothing, in three of four requests. */
export const oddHeaders = fc.oneof({ arbitrary: fc.constant<Headers>({}), weight: 3 }, headerChanges);

/** How a text becomes the body of an event: as text, as bytes, as bytes of another encoding, with more or less of them. */
const bodyEncodings = ['text', 'utf8', 'utf16le', 'latin1', 'bom', 'cut'] as const;
export type BodyEncoding = (typeof bodyEncodings)[number];

/** Mostly as it should be. */
export const oddEncodings = fc.oneof(
  { arbitrary: fc.constantFrom<BodyEncoding>('text', 'utf8'), weight: 3 },
  fc.constantFrom(...bodyEncodings),
);

export function bodyOf(text: string, encoding: BodyEncoding): { body: string; isBase64Encoded: boolean } {
  if (encoding === 'text') return { body: text, isBase64Encoded: false };
  const bytes =
    encoding === 'bom'
      ? Buffer.from(`\ufeff${text}`)
      : encoding === 'cut'
        ? Buffer.from(text).subarray(0, -2)
        : Buffer.from(text, encoding);
  return { body: bytes.toString('base64'), isBase64Encoded: true };
}
