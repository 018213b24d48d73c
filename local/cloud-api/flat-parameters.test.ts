import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { readParameters, structured, typed } from './flat-parameters.ts';
import { refusing } from './outcome.ts';

const refuse = refusing({ InvalidParameter: { zh: '参数错误', en: 'wrong' } } as never); // the one code that is used
const read = (text: string | Uint8Array) => readParameters(Buffer.from(text as string), refuse);
const made = (...pairs: [string, string][]) => structured(pairs, refuse);

/** As the official SDKs flatten a request; empty structures and lists vanish on the way. */
function flattened(value: unknown, name = ''): [string, string][] {
  if (typeof value !== 'object' || value === null) return [[name, String(value)]];
  return Object.entries(value).flatMap(([step, member]) =>
    flattened(member, name === '' ? step : `${name}.${step}`),
  );
}

describe('parameters of a query or a form', () => {
  it('are decoded, and keep their order', () => {
    const decoded = read('b=%E4%B8%AD+%2B&a=1%3D2&empty=&bare&');
    expect(decoded.ok && [...decoded.value]).toEqual([
      ['b', '中 +'],
      ['a', '1=2'],
      ['empty', ''],
      ['bare', ''],
    ]);
  });

  it.each([
    ['a broken escape', 'a=%zz'],
    ['bytes that are no UTF-8', 'a=%ff'],
    ['raw bytes that are no UTF-8', Buffer.from([0x61, 0x3d, 0xff])],
    ['a name twice', 'a=1&a=1'],
    ['a name twice, spelt otherwise', 'a=1&%61=1'],
  ])('are refused with %s, which is not repeated', (_, text) => {
    expect(read(text)).toMatchObject({ ok: false, code: 'InvalidParameter' });
    expect(JSON.stringify(read('张三=1&张三=2'))).not.toContain('张三');
  });
});

describe('flat names', () => {
  it('make structures and lists', () => {
    expect(made(['A.B', '1'], ['L.1.N', 'y'], ['L.0.N', 'x'], ['A.C.D', ''])).toEqual({
      ok: true,
      value: { A: { B: '1', C: { D: '' } }, L: [{ N: 'x' }, { N: 'y' }] },
    });
  });

  it('that leave a number out make no list', () => {
    expect(made(['L.0', 'x'], ['L.2', 'y'])).toEqual({ ok: true, value: { L: { 0: 'x', 2: 'y' } } });
    expect(made(['L.00', 'x'])).toEqual({ ok: true, value: { L: { '00': 'x' } } });
  });

  it.each([
    [
      ['A', '1'],
      ['A.B', '2'],
    ],
    [
      ['A.B', '2'],
      ['A', '1'],
    ],
    [['A.'.repeat(16).concat('B'), '1']],
  ] as [string, string][][])('that contradict each other or go too deep are refused: %j', (...pairs) => {
    expect(made(...pairs)).toMatchObject({ ok: false, code: 'InvalidParameter' });
  });

  it('reach no prototype', () => {
    const hostile = made(['__proto__.polluted', 'yes'], ['constructor.prototype.polluted', 'yes']);
    expect(hostile.ok).toBe(true);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it('give back whatever was flattened', async () => {
    const name = fc.stringMatching(/^[A-Za-z]\w{0,8}$/);
    const request = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.string(),
        fc.array(tie('value'), { minLength: 1, maxLength: 12 }),
        fc.dictionary(name, tie('value'), { minKeys: 1, maxKeys: 4, noNullPrototype: true }),
      ),
    })).value;
    await fc.assert(
      fc.property(fc.dictionary(name, request, { maxKeys: 4, noNullPrototype: true }), (value) => {
        expect(structured(flattened(value), refuse)).toEqual({ ok: true, value });
      }),
    );
  });
});

describe('texts', () => {
  const schema = z.strictObject({
    Text: z.optional(z.string()),
    Count: z.optional(z.int().check(z.minimum(0))),
    Share: z.optional(z.number()),
    Is: z.optional(z.boolean()),
    Kind: z.optional(z.literal([0, 1])),
    List: z.optional(z.array(z.strictObject({ Count: z.optional(z.int()) }))),
  });

  it.each([
    [
      { Text: '12', Count: '12' },
      { Text: '12', Count: 12 },
    ],
    [
      { Count: '-1', Share: '0.5' },
      { Count: -1, Share: 0.5 },
    ],
    [{ Is: 'true' }, { Is: true }],
    [{ Is: 'False' }, { Is: false }],
    [{ Kind: '1' }, { Kind: 1 }],
    [{ List: [{ Count: '3' }, {}] }, { List: [{ Count: 3 }, {}] }],
  ])('become what the schema wants: %j', (request, result) => {
    expect(typed(schema, request)).toEqual(result);
  });

  it.each([
    { Count: '' },
    { Count: '1e3' },
    { Count: '0x10' },
    { Count: ' 1' },
    { Count: '12345678901234567890' },
    { Is: '1' },
    { Kind: '2' },
    { List: 'x' },
    { More: '1' },
  ])('that are no such thing stay what they are: %j', (request) => {
    expect(typed(schema, request)).toEqual(request);
    expect(z.safeParse(schema, typed(schema, request)).success).toBe(false);
  });
});
