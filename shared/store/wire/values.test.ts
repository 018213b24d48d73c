import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { casesOf } from '../../testing/cases.ts';
import { parameterText, readerOf } from './values.ts';

const oid = {
  bool: 16,
  int8: 20,
  int4: 23,
  text: 25,
  json: 114,
  float8: 701,
  timestamptz: 1184,
  numeric: 1700,
};
const arrayOid = { json: 199, bool: 1000, int4: 1007, text: 1009 };

const read = (type: number, text: string) => {
  const reader = readerOf(type);
  return reader === undefined ? text : reader(text);
};

describe('a value', () => {
  it.each([
    ['bool', 't', true],
    ['bool', 'f', false],
    ['int4', '-12', -12],
    ['float8', '1e+20', 1e20],
    ['float8', 'Infinity', Number.POSITIVE_INFINITY],
    ['json', '{"a":[1,null]}', { a: [1, null] }],
    // What a number cannot hold, and what nobody reads as a time, stays text.
    ['int8', '9007199254740993', '9007199254740993'],
    ['numeric', '0.10', '0.10'],
    ['timestamptz', '2026-01-01 00:00:00+00', '2026-01-01 00:00:00+00'],
    ['text', 'NULL', 'NULL'],
  ] as const)('of type %s is read from %s', (type, text, value) => {
    expect(read(oid[type], text)).toEqual(value);
  });

  it.each([
    ['text', '{}', []],
    ['text', '{a,"b c",NULL,"NULL",""}', ['a', 'b c', null, 'NULL', '']],
    ['text', '{"\\"","\\\\","{,}"}', ['"', '\\', '{,}']],
    ['text', '[2:3]={a,b}', ['a', 'b']],
    [
      'int4',
      '{{1,2},{3,NULL}}',
      [
        [1, 2],
        [3, null],
      ],
    ],
    ['bool', '{t,f}', [true, false]],
    ['json', '{"{\\"a\\": 1}",NULL}', [{ a: 1 }, null]],
  ] as const)('of type %s[] is read from %s', (type, text, value) => {
    expect(read(arrayOid[type], text)).toEqual(value);
  });
});

describe('a parameter', () => {
  it.each([
    [null, null],
    [undefined, null],
    ['签', '签'],
    [12.5, '12.5'],
    [12n, '12'],
    [true, 'true'],
    [['a', null, 'b"c\\', ['d']], '{"a",NULL,"b\\"c\\\\",{"d"}}'],
    [[], '{}'],
  ])('%s is sent as %s', (value, sent) => {
    expect(parameterText(value)).toBe(sent);
  });

  it.each([[{ a: 1 }], [new Date(0)], [() => 1], [Symbol('a')], [[{ a: 1 }]]])(
    'cannot be %s: the caller says in which form it is meant',
    (value) => {
      expect(() => parameterText(value)).toThrow(TypeError);
    },
  );

  it('that is a list comes back as it was', async () => {
    const list = fc.array(fc.option(fc.string({ unit: 'binary' })));
    await fc.assert(
      fc.property(list, (given) => {
        expect(read(arrayOid.text, parameterText(given) ?? '')).toEqual(given);
      }),
      casesOf(2000),
    );
  });
});
