import type { CodeEvent } from '../../codes/events.ts';
import type { Param } from '../postgres/statements.ts';
import { timeOf, type Values } from './register-rows.ts';

export function eventValues(event: CodeEvent): Values {
  return {
    event_id: event.eventId,
    type: event.type,
    code_id: event.codeId,
    app_id: event.appId,
    organization: event.organization,
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
