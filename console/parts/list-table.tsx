import type { ComponentChildren } from 'preact';
import type { List } from '../api/use-list.ts';
import type { TextKey } from '../texts/dictionary.ts';
import { say } from '../texts/say.ts';
import { ExportButton } from './export-button.tsx';
import { Pager } from './pager.tsx';
import { Table, type TableProps } from './table.tsx';

export interface ListTableProps<Row> extends TableProps<Row> {
  list: List<unknown>;
  /** What is said where there is nothing. */
  empty?: ComponentChildren;
  /** Of lists that are answered as CSV: what they are of, for the name of the file. */
  exportAs?: TextKey;
}

/** One page of a list: its rows, or that there are none, and the way to the other pages. */
export function ListTable<Row>({ list, empty = say('nothing'), exportAs, ...table }: ListTableProps<Row>) {
  return (
    <>
      {table.rows.length > 0 ? (
        <Table {...table} />
      ) : (
        list.answer !== undefined && <p class="empty">{empty}</p>
      )}
      <div class="list-foot">
        <Pager list={list} />
        {exportAs !== undefined && table.rows.length > 0 && (
          <ExportButton key={JSON.stringify(list.filter)} list={list} title={exportAs} />
        )}
      </div>
    </>
  );
}
