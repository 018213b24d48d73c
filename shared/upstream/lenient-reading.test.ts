import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { readLeniently } from './lenient-reading.ts';

const schema = z.looseObject({
  Id: z.string().check(z.regex(/^\w+$/)),
  At: z.optional(z.int()),
  Share: z.optional(z.number()),
  Told: z.optional(z.boolean()),
  Inner: z.optional(z.looseObject({ Text: z.optional(z.string()) })),
  Parts: z.optional(
    z.nullable(
      z.array(z.looseObject({ Key: z.string(), Unit: z.string(), Sizes: z.optional(z.array(z.int())) })),
    ),
  ),
});
const read = (value: object) => readLeniently(schema, structuredClone(value));

describe('readLeniently', () => {
  it('leaves alone what is as documented, with the members that it does not know', () => {
    const value = { Id: 'a', At: 1, Inner: { Text: '', New: null }, Parts: null, New: [{}] };
    expect(read(value)).toEqual({ data: value, unread: [] });
  });

  it.each<[string, object, object, string[]]>([
    ['null as not given', { At: null, Inner: null }, {}, []],
    ['numbers as text', { At: '1795500000', Share: '0.5' }, { At: 1_795_500_000, Share: 0.5 }, []],
    ['a truth value as text', { Told: 'true' }, { Told: true }, []],
    ['text as a number', { Inner: { Text: 5 } }, { Inner: { Text: '5' } }, []],
    ['another type as not given', { At: {}, Told: 1, Inner: 'x' }, {}, ['At', 'Told', 'Inner']],
    ['what is out of range as not given', { At: 1e300 }, {}, ['At']],
    ['part of a whole number as not given', { At: '1.5' }, {}, ['At']],
    ['a text that is hardly a number as not given', { At: '0x10', Share: ' 1' }, {}, ['At', 'Share']],
  ])('reads %s', (_, members, readAs, unread) => {
    expect(read({ Id: 'a', ...members })).toEqual({ data: { Id: 'a', ...readAs }, unread });
  });

  it('leaves out elements that lack what they cannot do without, and keeps their neighbours', () => {
    const parts = [
      null,
      { Key: 'a', Unit: 'm' },
      { Sizes: 1 },
      { Key: 'b', Unit: 'm', Sizes: [1, null, '2'] },
      7,
    ];
    expect(read({ Id: 'a', Parts: parts })).toEqual({
      data: {
        Id: 'a',
        Parts: [
          { Key: 'a', Unit: 'm' },
          { Key: 'b', Unit: 'm', Sizes: [1, 2] },
        ],
      },
      unread: ['Parts.0', 'Parts.2.Key', 'Parts.2.Unit', 'Parts.2.Sizes', 'Parts.3.Sizes.1', 'Parts.4'],
    });
  });

  it.each([[{}], [{ Id: null }], [{ Id: 'no id' }], [{ Id: [] }]])(
    'reads nothing where what is demanded is missing: %j',
    (value) => {
      expect(read(value)).toEqual({ data: undefined, unread: ['Id'] });
    },
  );

  it.each([[null], [1], ['x'], [[]]])('reads nothing from %j', (value) => {
    expect(readLeniently(schema, value).data).toBeUndefined();
  });

  it('comes to an end, and to what the schema demands or to nothing, whatever it is given', () => {
    const names = ['Id', 'At', 'Share', 'Told', 'Inner', 'Text', 'Parts', 'Key', 'Unit', 'Sizes'];
    const tree = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(null, '1', '1.5', 'true', 'x y', 'x', 0, 1e300, true),
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...names), tie('any'), { maxKeys: 4 }),
      ),
    })).any;
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), tree, { maxKeys: 6 }), (value) => {
        const { data } = read(value);
        if (data !== undefined) expect(schema.safeParse(data).success).toBe(true);
        else expect(typeof value['Id'] === 'string' && /^\w+$/.test(value['Id'])).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });
});
