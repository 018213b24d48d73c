import type { Database } from './database.ts';

/** Something that was done, by whom, and why. Ids only: no names of people, no numbers of theirs. */
export interface AuditEntry {
  /** `key:<keyId>`, `cli` or the name of a timer. */
  actor: string;
  /** What was done, for example `api-key.revoke`. */
  action: string;
  /** Id of what it was done to. */
  subject: string;
  /** One line that a person can read. */
  reason: string;
}

/** Writes an entry; give it the transaction of the act, so that neither is there without the other. */
export async function recordAudit(db: Database, entry: AuditEntry): Promise<void> {
  await db.query('insert into audit (actor, action, subject, reason) values ($1, $2, $3, $4)', [
    entry.actor,
    entry.action,
    entry.subject,
    entry.reason,
  ]);
}
