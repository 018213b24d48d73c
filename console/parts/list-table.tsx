import type { ComponentChildren } from 'preact';
import type { List } from '../api/use-list.ts';
import { say } from '../texts/say.ts';
import { Pager } from './pager.tsx';
import { Table, type TableProps } from './table.tsx';

export interface ListTableProps<Row> extends TableProps<Row> {
  list: List<unknown>;
  /** What is said where there is nothing. */
  empty?: ComponentChildren;
}

/** One page of a list: its rows, or that there are none, and the way to the other pages. */
export function ListTable<Row>({ list, empty = say('nothing'), ...table }: ListTableProps<Row>) {
  return (
    <>
      {table.rows.length > 0 ? (
        <Table {...table} />
      ) : (
        list.answer !== undefined && <p class="empty">{empty}</p>
      )}
      <Pager list={list} />
    </>
  );
}
