import { describe, expect, it } from 'vitest';
import { type TablePage, wholeTable } from './table-pages.ts';

const mark = '\ufeff';

/** A list of that many pages, each of the rows that are given. */
function listOf(...pages: string[][]) {
  const asked: (string | undefined)[] = [];
  const told: number[] = [];
  const ask = async (cursor: string | undefined): Promise<TablePage> => {
    asked.push(cursor);
    const number = Number(cursor ?? 0);
    const lines = ['Id,Name', ...(pages[number] ?? [])];
    return {
      csv: mark + lines.map((line) => `${line}\r\n`).join(''),
      next: number + 1 < pages.length ? String(number + 1) : null,
    };
  };
  return { ask, asked, told, onRows: (rows: number) => told.push(rows) };
}

describe('a list as one table', () => {
  it('has the mark and the head once, and the rows of every page in their order', async () => {
    const { ask, asked, told, onRows } = listOf(['1,a', '2,b'], ['3,c']);
    expect(await wholeTable(ask, 10, onRows)).toEqual({
      text: `${mark}Id,Name\r\n1,a\r\n2,b\r\n3,c\r\n`,
      rows: 3,
      isWhole: true,
    });
    expect(asked).toEqual([undefined, '1']);
    expect(told).toEqual([2, 3]);
  });

  it('counts rows, not the lines of cells with several', async () => {
    const { ask, onRows } = listOf(['1,"a\r\nb ""c""\r\n"', '2,d'], ['3,"\r\n"']);
    const { text, rows } = await wholeTable(ask, 10, onRows);
    expect(rows).toBe(3);
    expect(text).toBe(`${mark}Id,Name\r\n1,"a\r\nb ""c""\r\n"\r\n2,d\r\n3,"\r\n"\r\n`);
  });

  it('is the head alone where there is nothing', async () => {
    const { ask, onRows } = listOf([]);
    expect(await wholeTable(ask, 10, onRows)).toEqual({
      text: `${mark}Id,Name\r\n`,
      rows: 0,
      isWhole: true,
    });
  });

  it('ends after the pages that it may have, and says that there is more', async () => {
    const { ask, asked, onRows } = listOf(['1,a'], ['2,b'], ['3,c']);
    expect(await wholeTable(ask, 2, onRows)).toMatchObject({ rows: 2, isWhole: false });
    expect(asked).toHaveLength(2);
    expect(await wholeTable(ask, 3, onRows)).toMatchObject({ rows: 3, isWhole: true });
  });

  it('is none where a page fails', async () => {
    const ask = async () => Promise.reject(new Error('away'));
    await expect(wholeTable(ask, 2, () => undefined)).rejects.toThrow('away');
  });
});
