/** What came to pass in the course of a soak and is forgotten before its end: events are kept for a month. */
import type { EventRow } from '../failover/books.ts';
import { noteAcknowledged } from '../failover/failover-world.ts';
import type { SoakWorld } from './soak-world.ts';

export interface Ledger {
  /** All that the register has told, by id. */
  events: Map<string, EventRow>;
  /** Takes down what is there now, and which notifications the functions have acknowledged. */
  note(world: SoakWorld): Promise<void>;
}

export function openLedger(): Ledger {
  const events: Ledger['events'] = new Map();
  return {
    events,
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
    },
  };
}
