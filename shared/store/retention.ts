import type { Database } from './database.ts';

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
  /** Codes that nobody can scan and nothing will renew, after their last change. Their stable links end with them. */
  deadCodesS: number;
}

const dayS = 86_400;

export const defaultRetention: RetentionPolicy = {
  attemptsS: 180 * dayS,
  eventsS: 30 * dayS,
  deliveriesS: 30 * dayS,
  deadLettersS: 90 * dayS,
  auditS: 365 * dayS,
  deadCodesS: 365 * dayS,
};

/** What is deleted from one table. */
interface Rule {
  table: string;
  key: string;
  /** Column by which the oldest go first; an index begins with it. */
  due: string;
  /** What else must be true; the predicate of that index is part of it. */
  condition: string;
  /** Seconds after `due`. */
  keepS(policy: RetentionPolicy): number;
}

/** Asked for one row after the other, by index; `not exists` would be planned as a join with all of the other table. */
const nobodyIn = (source: string) => `(select 1 from ${source} limit 1) is null`;

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
  events: {
    table: 'events',
    key: 'event_id',
    due: 'occurred_at',
    condition: nobodyIn('deliveries d where d.event_id = events.event_id'),
    keepS: ({ eventsS }) => eventsS,
  },
  subscriptions: {
    table: 'event_subscriptions',
    key: 'subscription_id',
    due: 'updated_at',
    condition: `state = 'Deleted'
      and ${nobodyIn('deliveries d where d.subscription_id = event_subscriptions.subscription_id')}`,
    keepS: () => 0,
  },
  audit: { table: 'audit', key: 'audit_id', due: 'at', condition: 'true', keepS: ({ auditS }) => auditS },
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
 * Deletes what is past its time, oldest first, one batch of each kind in turn, so that a large backlog of one does
 * not hold up the others. Rows that somebody is using are left for the next time.
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
    deadCodes: 0,
  };
  let unfinished = prunedInTurn;
  while (unfinished.length > 0) {
    const goOn: Pruned[] = [];
    for (const name of unfinished) {
      if (nowMs() >= deadlineMs) return { deleted, complete: false };
      const count = await pruneBatch(db, rules[name], policy, batch);
      deleted[name] += count;
      if (count === batch) goOn.push(name);
    }
    unfinished = goOn;
  }
  return { deleted, complete: true };
}

async function pruneBatch(db: Database, rule: Rule, policy: RetentionPolicy, batch: number): Promise<number> {
  const { table, key, due, condition } = rule;
  const { rowCount } = await db.query(
    `delete from ${table} where ${key} in (
       select ${key} from ${table} where ${due} <= now() - $1 * interval '1 second' and ${condition}
       order by ${due} limit $2 for update skip locked)`,
    [rule.keepS(policy), batch],
  );
  return rowCount;
}
