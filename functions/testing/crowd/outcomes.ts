/** What is known of a crowd afterwards, in one form: by the register, and by the emulator that saw it all. */
import type { Emulator } from '../../../local/essbasic/create-emulator.ts';
import { exampleAgent } from '../../../local/essbasic/seeds/organisations.ts';
import type { Database } from '../../../shared/store/postgres/database.ts';

/** A QR code and what was started with it. */
export interface CodeOutcome {
  qrCodeId: string;
  used: number;
  /** How many contracts came to which state. */
  contracts: Record<string, number>;
}

export async function registered(db: Database): Promise<CodeOutcome[]> {
  const { rows } = await db.query<{ qrCodeId: string; used: number; state: string | null; count: number }>(
    `select g.qr_code_id as "qrCodeId", g.used, k.state, count(k.flow_id)::int as count
     from generations g left join contracts k on k.code_id = g.code_id and k.generation = g.number
     group by g.qr_code_id, g.used, k.state`,
  );
  const outcomes = new Map<string, CodeOutcome>();
  for (const { qrCodeId, used, state, count } of rows) {
    const outcome = outcomes.get(qrCodeId) ?? { qrCodeId, used, contracts: {} };
    if (state !== null) outcome.contracts[state] = count;
    outcomes.set(qrCodeId, outcome);
  }
  return inOrder(outcomes);
}

/** The same of the QR codes that the register knows, as the emulator saw it. */
export function seen(emulator: Emulator, known: readonly CodeOutcome[]): CodeOutcome[] {
  const outcomes = new Map<string, CodeOutcome>();
  const isKnown = new Set(known.map(({ qrCodeId }) => qrCodeId));
  for (const { QrCodeId, used } of emulator.truth().codes)
    if (isKnown.has(QrCodeId)) outcomes.set(QrCodeId, { qrCodeId: QrCodeId, used, contracts: {} });
  for (const { QrCodeId, state } of emulator.contracts.list()) {
    const contracts = outcomes.get(QrCodeId)?.contracts;
    if (contracts) contracts[state] = (contracts[state] ?? 0) + 1;
  }
  return inOrder(outcomes);
}

/** QR codes that people have scanned and the register does not know. */
export function strays(emulator: Emulator, known: readonly CodeOutcome[]): string[] {
  const isKnown = new Set(known.map(({ qrCodeId }) => qrCodeId));
  const scanned = new Set(emulator.contracts.list().map(({ QrCodeId }) => QrCodeId));
  return [...scanned].filter((qrCodeId) => !isKnown.has(qrCodeId));
}

const inOrder = (outcomes: Map<string, CodeOutcome>) =>
  [...outcomes.values()].sort((a, b) => (a.qrCodeId < b.qrCodeId ? -1 : 1));

/** Times during which the organisation had no quota, and a scan or a create failed for it. */
export function blocksSeen(emulator: Emulator) {
  const organisation = emulator
    .truth()
    .organisations.find((one) => one.ProxyOrganizationOpenId === exampleAgent.ProxyOrganizationOpenId);
  return organisation?.blocks ?? [];
}

export interface EventRow {
  eventId: string;
  type: string;
  data: Record<string, string | number | null>;
  occurredAtS: number;
}

export async function eventsTold(db: Database): Promise<EventRow[]> {
  const { rows } = await db.query<Omit<EventRow, 'data'> & { data: string }>(
    `select event_id as "eventId", type, data, extract(epoch from occurred_at)::float8 as "occurredAtS"
     from events order by occurred_at, type, event_id`,
  );
  return rows.map(({ data, ...event }) => ({ ...event, data: JSON.parse(data) })); // as emit() wrote it
}

/** How the deliveries to one kind of receiver ended: event by event, how many tries succeeded. */
export async function deliveriesTo(db: Database, kind: string) {
  const { rows } = await db.query<{ eventId: string; type: string; state: string; succeeded: number }>(
    `select d.event_id as "eventId", e.type, d.state,
       (select count(*) from delivery_attempts a where a.delivery_id = d.delivery_id and a.error is null)::int as succeeded
     from deliveries d join event_subscriptions s using (subscription_id) join events e using (event_id)
     where s.kind = $1 order by e.occurred_at, e.event_id`,
    [kind],
  );
  return rows;
}

/** How much went wrong: a story in which nothing does would show nothing. */
export async function troubles(db: Database) {
  const { rows } = await db.query<
    Record<'copies' | 'late' | 'rejected' | 'unknown' | 'oldKey' | 'newKey', number>
  >(
    `select (select count(*) from messages where copies > 1)::int as copies,
       (select count(*) from messages where received_at > occurred_at + interval '10 minutes')::int as late,
       (select coalesce(sum(count), 0) from notification_rejections)::int as rejected,
       (select count(*) from messages where msg_type = 'EmulatedUnknownType')::int as unknown,
       (select count(*) from messages where key_index = 1 and token_index = 1)::int as "oldKey",
       (select count(*) from messages where coalesce(key_index, 0) = 0 and coalesce(token_index, 0) = 0)::int as "newKey"`,
  );
  return rows[0];
}
