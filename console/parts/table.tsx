import type { ComponentChildren } from 'preact';
import type { TextKey } from '../texts/dictionary.ts';
import { say } from '../texts/say.ts';

export interface Column<Row> {
  title: TextKey;
  /** Headline of its row. On a phone it stands above the rest. */
  isHead?: boolean;
  /** Takes the whole width of a card on a phone. */
  isWide?: boolean;
  /** Digits, aligned at their end. */
  isNumber?: boolean;
  cell: (row: Row) => ComponentChildren;
}

export interface TableProps<Row> {
  caption: TextKey;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string | number;
  /** Shown in the first column of each row, for example a checkbox, under a heading of its own. */
  lead?: { heading: ComponentChildren; of: (row: Row) => ComponentChildren };
}

/**
 * On a phone rows are laid out as cards, for which browsers take a table's roles away; these give them back to who
 * listens.
 */
const role = {
  table: { role: 'table' },
  group: { role: 'rowgroup' },
  row: { role: 'row' },
  columnHeader: { role: 'columnheader', scope: 'col' },
  rowHeader: { role: 'rowheader', scope: 'row' },
  cell: { role: 'cell' },
} as const;

export function Table<Row>({ caption, columns, rows, keyOf, lead }: TableProps<Row>) {
  return (
    <table class="table" {...role.table}>
      <caption class="unseen">{say(caption)}</caption>
      <thead {...role.group}>
        <tr {...role.row}>
          {lead && (
            <th class="lead" {...role.columnHeader}>
              {lead.heading}
            </th>
          )}
          {columns.map(({ title, isNumber }) => (
            <th key={title} class={isNumber ? 'number' : undefined} {...role.columnHeader}>
              {say(title)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody {...role.group}>
        {rows.map((row) => (
          <tr key={keyOf(row)} {...role.row}>
            {lead && (
              <td class="lead" {...role.cell}>
                {lead.of(row)}
              </td>
            )}
            {columns.map(({ title, isHead, isWide, isNumber, cell }) =>
              isHead ? (
                <th key={title} class="head" {...role.rowHeader}>
                  {cell(row)}
                </th>
              ) : (
                <td
                  key={title}
                  class={isNumber ? 'number' : isWide ? 'wide' : undefined}
                  data-title={say(title)}
                  {...role.cell}
                >
                  {cell(row)}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
