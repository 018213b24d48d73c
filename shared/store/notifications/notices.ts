import type { Notice } from '../../codes/notice.ts';
import { Failure } from '../../errors.ts';
import type { Announcement, NoticeTransaction } from '../../notifications/ports.ts';
import type { Database } from '../postgres/database.ts';
import {
  type CodeRow,
  type CurrentRow,
  codeColumns,
  currentColumn,
  timeOf,
  toCode,
  toCurrent,
} from '../register/register-rows.ts';

interface NoticeRow extends Omit<Notice, 'reason'> {
  reason: string;
}

const noticeColumns = `n.kind, n.subject, n.scope, n.raised, n.reason, extract(epoch from n.at)::float8 as "atS"`;

// JSON.parse gives `any`: the text was written from a Reason.
const toNotice = ({ reason, ...notice }: NoticeRow): Notice => ({ ...notice, reason: JSON.parse(reason) });

/** What is noted of templates and organisations, and told to their codes. */
export function noticeTransaction(tx: Database): NoticeTransaction {
  return {
    // Inserted first where there is none: what is not there cannot be locked, and two would both be the first to know.
    async holdNotice({ kind, subject, scope }) {
      const { rows } = await tx.query<NoticeRow>(
        `insert into notices as n (kind, subject, scope, raised, reason, at)
         values ($1, $2, $3, false, '{"code":"TemplateUsable"}', to_timestamp(0))
         on conflict (kind, subject, scope) do update set kind = excluded.kind returning ${noticeColumns}`,
        [kind, subject, scope],
      );
      const [held] = rows.map(toNotice);
      if (held === undefined) throw new Failure('InternalFailure', { detail: 'An upsert returned no row' });
      return held;
    },

    async saveNotice({ kind, subject, scope, raised, reason, atS }, announcement) {
      const text = `update notices set raised = $4, reason = $5, at = to_timestamp($6),
          announcement = coalesce($7, announcement),
          told_created_at = case when $7::text is null then told_created_at end,
          told_code_id = case when $7::text is null then told_code_id end
        where kind = $1 and subject = $2 and scope = $3`;
      await tx.defer(text, [kind, subject, scope, raised, JSON.stringify(reason), atS, announcement]);
    },

    async nextAnnouncement() {
      const { rows } = await tx.query<NoticeRow & Omit<Announcement, 'notice'>>(
        `select ${noticeColumns}, n.announcement as type,
           round(extract(epoch from n.told_created_at) * 1000)::float8 as "toldCreatedAtMs", n.told_code_id as "toldCodeId"
         from notices n where n.announcement is not null order by n.at limit 1 for update skip locked`,
      );
      const [row] = rows;
      if (row === undefined) return undefined;
      const { type, toldCreatedAtMs, toldCodeId, ...notice } = row;
      return { type, toldCreatedAtMs, toldCodeId, notice: toNotice(notice) };
    },

    async codesToTell({ notice, toldCreatedAtMs, toldCodeId }, limit) {
      const at = timeOf(toldCreatedAtMs === null ? null : toldCreatedAtMs / 1000);
      const { rows } = await tx.query<CodeRow & CurrentRow>(
        `select ${codeColumns}, ${currentColumn}
         from codes c left join generations g on g.code_id = c.code_id and g.number = c.generation
         where c.template_id = $1 and ($2 = '' or c.organization = $2) and c.state <> 'Cancelled'
           and ($3::timestamptz is null or (c.created_at, c.code_id) < ($3::timestamptz, $4))
         order by c.created_at desc, c.code_id desc limit $5`,
        [notice.subject, notice.scope, at, toldCodeId, limit],
      );
      return rows.map(({ current, ...row }) => toCode(row, toCurrent({ current })));
    },

    async saveAnnouncement({ notice, type, toldCreatedAtMs, toldCodeId }) {
      const at = timeOf(toldCreatedAtMs === null ? null : toldCreatedAtMs / 1000);
      await tx.defer(
        `update notices set announcement = $4, told_created_at = $5, told_code_id = $6
         where kind = $1 and subject = $2 and scope = $3`,
        [notice.kind, notice.subject, notice.scope, type, at, toldCodeId],
      );
    },
  };
}
