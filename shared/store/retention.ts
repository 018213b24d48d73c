import type { Database } from './database.ts';

/** How long things are kept after they are of no more use, in seconds. Idempotency records carry their own end. */
export interface RetentionPolicy {
  auditS: number;
}

const dayS = 86_400;

export const defaultRetention: RetentionPolicy = {
  auditS: 365 * dayS,
};

/** What is deleted from one table. The condition has an index that begins with `due`. */
interface Rule {
  table: string;
  key: string;
  /** Column by which the oldest go first. */
  due: string;
  /** Seconds after `due`; undefined: at once. */
  keepS: ((policy: RetentionPolicy) => number) | undefined;
}

const rules = {
  idempotencyRecords: { table: 'idempotency_records', key: 'token', due: 'expires_at', keepS: undefined },
  audit: { table: 'audit', key: 'audit_id', due: 'at', keepS: (policy) => policy.auditS },
} as const satisfies Record<string, Rule>;

type Pruned = keyof typeof rules;

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
 * Deletes what is past its time, oldest first, one batch of each table in turn, so that a large backlog of one does
 * not hold up the others. Rows that somebody is using are left for the next time.
 */
export async function prune(db: Database, options: PruneOptions): Promise<PruneReport> {
  const { deadlineMs, batch, policy = defaultRetention, nowMs = Date.now } = options;
  const deleted: Record<Pruned, number> = { idempotencyRecords: 0, audit: 0 };
  // Object.keys forgets that its strings are the keys.
  let unfinished = Object.keys(rules) as Pruned[];
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
  const { table, key, due } = rule;
  const { rowCount } = await db.query(pruneStatement({ table, key, due }), [
    rule.keepS?.(policy) ?? 0,
    batch,
  ]);
  return rowCount;
}

function pruneStatement({ table, key, due }: Pick<Rule, 'table' | 'key' | 'due'>): string {
  return `delete from ${table} where ${key} in (
    select ${key} from ${table} where ${due} <= now() - $1 * interval '1 second'
    order by ${due} limit $2 for update skip locked)`;
}
