/** What came to pass in the course of a soak and is forgotten before its end: events are kept for a month, batches for three. */

import type { Database } from '../../../shared/store/postgres/database.ts';
import type { EventRow } from '../failover/books.ts';
import { noteAcknowledged } from '../failover/failover-world.ts';
import type { SoakWorld } from './soak-world.ts';

export interface Ledger {
  /** All that the register has told, by id. */
  events: Map<string, EventRow>;
  /** Ids of all batches that the register has had. */
  batches: Set<string>;
  /** Takes down what is there now, and which notifications the functions have acknowledged. */
  note(world: SoakWorld): Promise<void>;
}

export function openLedger(): Ledger {
  const events: Ledger['events'] = new Map();
  const batches: Ledger['batches'] = new Set();
  return {
    events,
    batches,
    async note(world) {
      noteAcknowledged(world);
      const { rows } = await world.ask((db) =>
        db.query<Omit<EventRow, 'data'> & { data: string }>(
          'select event_id as "eventId", type, code_id as "codeId", data from events',
        ),
      );
      // As emit() wrote it.
      for (const { data, ...event } of rows)
        if (!events.has(event.eventId)) events.set(event.eventId, { ...event, data: JSON.parse(data) });
      for (const batchId of await world.ask(batchesOf)) batches.add(batchId);
    },
  };
}

/** Ids of the batches that the register has. */
export async function batchesOf(db: Database): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>('select batch_id as id from batches');
  return rows.map(({ id }) => id);
}
