import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { casesOf } from '../../testing/cases.ts';
import { readCsv } from '../../testing/read-csv.ts';
import { csvColumns, csvOf, prefersCsv } from './csv.ts';

const table = (...items: object[]) => readCsv(csvOf(csvColumns('A', 'B'), items, 'en'));

describe('a list as CSV', () => {
  it('is UTF-8 with its mark, a head, and lines that end with CRLF', () => {
    expect(csvOf(csvColumns('名', 'B'), [{ 名: '甲', B: 1 }], 'zh')).toBe('\ufeff名,B\r\n甲,1\r\n');
    expect(csvOf(csvColumns('A'), [], 'en')).toBe('\ufeffA\r\n');
  });

  it('comes back as it was, whatever it holds, and no cell begins a formula', () => {
    const text = fc.string({ unit: fc.constantFrom(...'=+-@\t\r\n",\';甲 a1＝'), maxLength: 8 });
    fc.assert(
      fc.property(fc.array(fc.record({ A: text, B: text }), { maxLength: 4 }), (items) => {
        const [, ...rows] = table(...items);
        expect(rows).toHaveLength(items.length);
        rows.forEach((row, index) => {
          const { A = '', B = '' } = items[index] ?? {};
          expect(row.map((cell, at) => (cell === `'${[A, B][at]}` ? [A, B][at] : cell))).toEqual([A, B]);
          for (const cell of row) expect(cell).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
        });
      }),
      casesOf(1000),
    );
  });

  it('leaves numbers as they are, shows times as dates, lists in one cell, and nothing for null', () => {
    const columns = csvColumns('N', 'At:time', 'L', 'No', 'In.Deep', 'Why:text', 'Yes');
    const item = {
      N: -5,
      At: 1_800_000_000,
      L: ['a', 'b'],
      No: null,
      In: { Deep: 'x' },
      Why: { En: 'so', Zh: '因' },
      Yes: true,
    };
    expect(readCsv(csvOf(columns, [item], 'zh'))[1]).toEqual([
      '-5',
      '2027-01-15T08:00:00Z',
      'a; b',
      '',
      'x',
      '因',
      'true',
    ]);
  });
});

describe('an Accept header', () => {
  it.each([
    'text/csv',
    'text/csv, application/json;q=0.5',
    'TEXT/CSV; charset=utf-8',
    'application/json;q=0.1, text/csv;q=0.9',
  ])('that prefers CSV: %s', (accept) => {
    expect(prefersCsv(accept)).toBe(true);
  });

  it.each([
    undefined,
    '',
    '*/*',
    'application/json',
    'text/*',
    'text/csv;q=0',
    'application/json, text/csv',
    'text/csvx',
  ])('that does not: %s', (accept) => {
    expect(prefersCsv(accept)).toBe(false);
  });
});
