import * as z from 'zod/mini';
import { Failure } from '../../shared/errors.ts';
import {
  pageLimits,
  pageMembers,
  pageOf,
  readCursor,
  textFilter,
  timeFilter,
} from '../../shared/list-cursor.ts';
import { csvList } from '../../shared/runtime/http/csv.ts';
import { auditReads, type WrittenAuditEntry } from '../../shared/store/access/audit.ts';
import { defined } from '../../shared/world.ts';
import { action } from '../action.ts';

const everybodyOnly = {
  zh: '审计记录涉及所有企业，限定企业的密钥不能查看',
  en: 'The audit trail is about all organisations: a key that is bound to some may not see it',
};

/** Who changed what, when and why. */
export const main_handler = action({
  name: 'DescribeAuditLog',
  csv: csvList('Entries', 'AuditId', 'At:time', 'Actor', 'Action', 'Subject', 'Reason'),
  role: 'admin',
  request: z.strictObject({
    Subject: textFilter,
    Actor: textFilter,
    Action: textFilter,
    /** The second itself among them. */
    From: timeFilter,
    /** The second itself not among them. */
    To: timeFilter,
    ...pageMembers,
  }),
  needs: [],
  open: ({ db, surroundings: { nowMs } }) => ({ audit: auditReads(db, nowMs) }),
  async run({ input, resources: { audit }, caller: { scope } }) {
    if (scope !== null) throw new Failure('Forbidden', { detail: everybodyOnly });
    const { Limit: limit = pageLimits.default, Cursor } = input;
    const filter = defined({
      subject: input.Subject,
      actor: input.Actor,
      action: input.Action,
      sinceS: input.From,
      untilS: input.To,
    });
    const found = await audit.list(filter, { after: readCursor(Cursor, filter), limit: limit + 1 });
    const { shown, NextCursor } = pageOf(found, limit, filter, ({ atMs, auditId }) => ({
      atMs,
      id: auditId,
    }));
    return { Entries: shown.map(described), NextCursor };
  },
});

function described({ auditId, atMs, actor, action: done, subject, reason }: WrittenAuditEntry) {
  return {
    AuditId: auditId,
    At: Math.floor(atMs / 1000),
    Actor: actor,
    Action: done,
    Subject: subject,
    Reason: reason,
  };
}
