import type { Database } from '../postgres/database.ts';
import { dropPartitions, makePartitions } from './partitions.ts';

/**
 * How long things are kept after nothing needs them any more, in seconds. Idempotency records are not among them:
 * their life is published.
 */
export interface RetentionPolicy {
  /** Calls that made or ended QR codes, after their outcome was known; the doubtful ones after the QR code has died. */
  attemptsS: number;
  /** What happened, for our users' systems; longer while a delivery of it is kept. */
  eventsS: number;
  /** Deliveries of events with every try, after they arrived. */
  deliveriesS: number;
  /** Deliveries that were given up: for as long they can be replayed. */
  deadLettersS: number;
  /** Who did what. */
  auditS: number;
  /** What Tencent posted, as it came: after it was received. Until then a notification can be replayed. */
  notificationBodiesS: number;
  /** That a notification came, and what became of it: as long as it may come again and must be known again. */
  notificationsS: number;
  /** Counts of requests that were turned away. */
  rejectionsS: number;
  /** The states of contracts, after their last change. */
  contractsS: number;
  /** Batches with what became of their rows, after they were asked for. */
  batchesS: number;
  /** How often codes were used, by the day. */
  dailyUsesS: number;
  /** Codes that can no longer be scanned and will not be renewed, after their last change. Their stable links end with them. */
  deadCodesS: number;
}

const dayS = 86_400;

export const defaultRetention: RetentionPolicy = {
  attemptsS: 180 * dayS,
  eventsS: 30 * dayS,
  deliveriesS: 30 * dayS,
  deadLettersS: 90 * dayS,
  auditS: 365 * dayS,
  notificationBodiesS: 30 * dayS,
  // Upstream does not say for how long it sends again; a code lives for a year at the most.
  notificationsS: 396 * dayS,
  rejectionsS: 30 * dayS,
  contractsS: 730 * dayS,
  batchesS: 90 * dayS,
  dailyUsesS: 730 * dayS,
  deadCodesS: 365 * dayS,
};

/** What is deleted from one table, or emptied in it. */
interface Rule {
  table: string;
  /** Columns that name a row. */
  key: string;
  /** What is emptied where the row stays. */
  empties?: string;
  /** Column by which the oldest go first; an index begins with it. */
  due: string;
  /** What else must be true; the predicate of that index is part of it. */
  condition: string;
  /** Seconds after `due`. */
  keepS(policy: RetentionPolicy): number;
}

/**
 * Asked for one row after the other, by index; `not exists` would be planned as a join with all of the other table. Not
 * `is null`, which is taken to be true of one row in 200: the statement would be so dear that the server compiles it, for longer
 * than it runs.
 */
const nobodyIn = (source: string) => `(select true from ${source} limit 1) is not true`;

const rules = {
  idempotencyRecords: {
    table: 'idempotency_records',
    key: 'token',
    due: 'expires_at',
    condition: 'true',
    keepS: () => 0,
  },
  attempts: {
    table: 'attempts',
    key: 'attempt_id',
    due: 'settled_at',
    condition: 'settled_at is not null and due_at is null and not possible_orphan',
    keepS: ({ attemptsS }) => attemptsS,
  },
  possibleOrphans: {
    table: 'attempts',
    key: 'attempt_id',
    due: 'expires_at',
    condition: 'possible_orphan',
    keepS: ({ attemptsS }) => attemptsS,
  },
  deliveries: {
    table: 'deliveries',
    key: 'delivery_id',
    due: 'settled_at',
    condition: "state = 'delivered'",
    keepS: ({ deliveriesS }) => deliveriesS,
  },
  deadLetters: {
    table: 'deliveries',
    key: 'delivery_id',
    due: 'settled_at',
    condition: "state = 'dead'",
    keepS: ({ deadLettersS }) => deadLettersS,
  },
  // Those of which a delivery was kept when their partition was dropped, or that lie elsewhere.
  events: {
    table: 'events',
    key: 'occurred_at, event_id',
    due: 'occurred_at',
    condition: nobodyIn('deliveries d where d.event_id = events.event_id'),
    keepS: ({ eventsS }) => eventsS + 8 * dayS,
  },
  subscriptions: {
    table: 'event_subscriptions',
    key: 'subscription_id',
    due: 'updated_at',
    condition: `state = 'Deleted'
      and ${nobodyIn('deliveries d where d.subscription_id = event_subscriptions.subscription_id')}`,
    keepS: () => 0,
  },
  // What no partition was dropped with: it lies where there was none, or in one of longer than a month.
  audit: {
    table: 'audit',
    key: 'at, audit_id',
    due: 'at',
    condition: 'true',
    keepS: ({ auditS }) => auditS + 32 * dayS,
  },
  // Notifications lie in partitions, which are dropped: these are for what lies elsewhere, and for what does not wait any more.
  notificationBodies: {
    table: 'messages',
    key: 'received_at, notification_id',
    empties: 'body = null, content_signature = null',
    due: 'received_at',
    // What still waits for its effect is kept until that is given up.
    condition: 'body is not null and due_at is null',
    keepS: ({ notificationBodiesS }) => notificationBodiesS,
  },
  unplacedBodies: {
    table: 'message_bodies_default',
    key: 'received_at, notification_id',
    due: 'received_at',
    condition: 'true',
    keepS: ({ notificationBodiesS }) => notificationBodiesS,
  },
  notifications: {
    table: 'notifications',
    key: 'notification_id',
    due: 'received_at',
    condition: 'due_at is null',
    keepS: ({ notificationsS }) => notificationsS,
  },
  unplacedNotifications: {
    table: 'messages_default',
    key: 'received_at, notification_id',
    due: 'received_at',
    condition: 'due_at is null',
    keepS: ({ notificationsS }) => notificationsS,
  },
  // For as long as a partition may be kept of which something is not yet past its time, and a day, by which they go.
  notificationIds: {
    table: 'message_ids',
    key: 'notification_id',
    due: "date_bin('1 day', received_at, to_timestamp(0))",
    condition: 'true',
    keepS: ({ notificationsS }) => notificationsS + 32 * dayS,
  },
  rejections: {
    table: 'notification_rejections',
    key: 'hour, verdict, source_ip',
    due: 'hour',
    condition: 'true',
    keepS: ({ rejectionsS }) => rejectionsS,
  },
  contracts: {
    table: 'contracts',
    key: 'flow_id',
    due: 'updated_at',
    condition: 'true',
    keepS: ({ contractsS }) => contractsS,
  },
  batches: {
    table: 'batches',
    key: 'batch_id',
    due: 'created_at',
    condition: nobodyIn("batch_rows r where r.batch_id = batches.batch_id and r.state = 'waiting'"),
    keepS: ({ batchesS }) => batchesS,
  },
  dailyUses: {
    table: 'daily_uses',
    key: 'code_id, day',
    due: 'day',
    condition: 'true',
    keepS: ({ dailyUsesS }) => dailyUsesS,
  },
  deadCodes: {
    table: 'codes',
    key: 'code_id',
    due: 'updated_at',
    condition: `state in ('Exhausted', 'Expired', 'Failed', 'OutcomeUnknown', 'Cancelled') and due_at is null
      and not exists (select from generations g where g.code_id = codes.code_id and g.state in ('live', 'superseded'))
      and not exists (select from attempts a where a.code_id = codes.code_id
        and (a.settled_at is null or a.due_at is not null or a.possible_orphan))`,
    keepS: ({ deadCodesS }) => deadCodesS,
  },
} as const satisfies Record<string, Rule>;

type Pruned = keyof typeof rules;
// Object.keys forgets that its strings are the keys.
const prunedInTurn = Object.keys(rules) as Pruned[];

export interface PruneReport {
  deleted: Record<Pruned, number>;
  /** Partitions that were dropped with all that was in them, and that were made for what will come. */
  partitions: { dropped: number; made: number };
  /** False when the time was over before everything due was gone: the next run goes on. */
  complete: boolean;
}

export interface PruneOptions {
  /** No batch is begun after this, milliseconds since 1970. */
  deadlineMs: number;
  /** Rows per statement: small, so that no lock is held for long. */
  batch: number;
  policy?: RetentionPolicy;
  nowMs?: () => number;
}

/**
 * Drops the partitions that are past their time and makes those to come. Deletes what else is past it, oldest first, one
 * batch of each kind in turn, so that a large backlog of one does not hold up the others. Rows in use are left for the
 * next time.
 */
export async function prune(db: Database, options: PruneOptions): Promise<PruneReport> {
  const { deadlineMs, batch, policy = defaultRetention, nowMs = Date.now } = options;
  const deleted = {
    idempotencyRecords: 0,
    attempts: 0,
    possibleOrphans: 0,
    deliveries: 0,
    deadLetters: 0,
    events: 0,
    subscriptions: 0,
    audit: 0,
    notificationBodies: 0,
    unplacedBodies: 0,
    notifications: 0,
    unplacedNotifications: 0,
    notificationIds: 0,
    rejections: 0,
    contracts: 0,
    batches: 0,
    dailyUses: 0,
    deadCodes: 0,
  };
  const partitions = { dropped: await dropPartitions(db, policy), made: await makePartitions(db) };
  let unfinished = prunedInTurn;
  while (unfinished.length > 0) {
    const goOn: Pruned[] = [];
    for (const name of unfinished) {
      if (nowMs() >= deadlineMs) return { deleted, partitions, complete: false };
      const count = await pruneBatch(db, rules[name], policy, batch);
      deleted[name] += count;
      if (count === batch) goOn.push(name);
    }
    unfinished = goOn;
  }
  return { deleted, partitions, complete: true };
}

async function pruneBatch(db: Database, rule: Rule, policy: RetentionPolicy, batch: number): Promise<number> {
  const { table, key, due, condition, empties } = rule;
  const act = empties === undefined ? `delete from ${table}` : `update ${table} set ${empties}`;
  const { rowCount } = await db.query(
    `${act} where (${key}) in (
       select ${key} from ${table} where ${due} <= now() - $1 * interval '1 second' and ${condition}
       order by ${due} limit $2 for update skip locked)`,
    [rule.keepS(policy), batch],
  );
  return rowCount;
}
