import type { ListPosition } from '../../list-cursor.ts';
import type { AuditEntry } from '../../world.ts';
import { atMs } from '../postgres/columns.ts';
import type { Database } from '../postgres/database.ts';
import { defer, insertStatement, pageSql, parameters } from '../postgres/statements.ts';
import { newestMonthsFirst } from '../upkeep/newest-months.ts';

/** Writes an entry; give it the transaction of the act, so that neither is there without the other. */
export function recordAudit(db: Database, { actor, action, subject, reason }: AuditEntry): Promise<void> {
  return defer(db, insertStatement('audit', { actor, action, subject, reason }));
}

export interface AuditFilter extends Partial<Pick<AuditEntry, 'actor' | 'action' | 'subject'>> {
  /** Unix seconds, the second itself among them. */
  readonly sinceS?: number;
  /** Unix seconds, the second itself not among them. */
  readonly untilS?: number;
}

export interface WrittenAuditEntry extends AuditEntry {
  auditId: string;
  atMs: number;
}

export interface AuditReads {
  /** Newest first. */
  list(
    filter: AuditFilter,
    page: { after: ListPosition | undefined; limit: number },
  ): Promise<WrittenAuditEntry[]>;
}

/** Reading the audit trail. */
export function auditReads(db: Database, nowMs: () => number): AuditReads {
  async function listed(
    { actor, action, subject, sinceS, untilS }: AuditFilter,
    page: Parameters<AuditReads['list']>[1],
  ) {
    const { params, param } = parameters();
    const conditions = [
      subject !== undefined && `a.subject = ${param(subject)}`,
      actor !== undefined && `a.actor = ${param(actor)}`,
      action !== undefined && `a.action = ${param(action)}`,
      sinceS !== undefined && `a.at >= to_timestamp(${param(sinceS)})`,
      untilS !== undefined && `a.at < to_timestamp(${param(untilS)})`,
    ].filter((condition) => condition !== false);
    const source = pageSql(
      { ...page, table: 'audit', row: 'a', order: ['at', 'audit_id'], conditions },
      param,
    );
    const { rows } = await db.query<WrittenAuditEntry>(
      `select a.audit_id as "auditId", ${atMs('a.at', 'atMs')}, a.actor, a.action, a.subject, a.reason
       from ${source} a order by a.at desc, a.audit_id desc`,
      params,
    );
    return rows;
  }

  return {
    async list(filter, page) {
      // To one thing little is done, which seldom fills a page: asked at once, all months take one statement.
      if (filter.subject !== undefined) return listed(filter, page);
      return newestMonthsFirst(filter, page, nowMs(), (part, limit) => listed(part, { ...page, limit }));
    },
  };
}
