import type { CodeEvent } from '../../codes/events.ts';
import type { Param } from '../postgres/statements.ts';
import { same, timeOf, type Values } from './register-rows.ts';

export function eventValues(event: CodeEvent): Values {
  return {
    ...same(event, ['eventId', 'type', 'codeId', 'appId', 'organization']),
    data: JSON.stringify(event.data),
    occurred_at: timeOf(event.occurredAtS),
  };
}

/** SQL that inserts events, of which there is one at least. */
export function insertEventsSql(events: readonly CodeEvent[], param: Param): string {
  const rows = events.map(eventValues);
  const columns = Object.keys(rows[0] ?? {});
  const values = rows.map((row) => `(${columns.map((column) => param(row[column])).join(', ')})`);
  return `insert into events (${columns.join(', ')}) values ${values.join(', ')}`;
}
