import type { ContractForgetting } from '../../notifications/reading-ports.ts';
import { recordAudit } from '../access/audit.ts';
import type { Database } from '../postgres/database.ts';
import { repeatableTransaction } from '../postgres/repeatable-transaction.ts';
import { timeOf } from '../register/register-rows.ts';
import { isSame } from './message-places.ts';

/** Removing what is kept of contracts. */
export function contractForgetting(db: Database): ContractForgetting {
  return {
    forget: ({ flowId, scope, actor }, nowS) =>
      repeatableTransaction(db, async (tx) => {
        // Locked first: a message about it that is on its way finds it forgotten.
        const { rows } = await tx.query<{ codeId: string; forgottenAtS: number | null }>(
          `select k.code_id as "codeId", extract(epoch from k.forgotten_at)::float8 as "forgottenAtS" from contracts k
           where k.flow_id = $1 and ($2::text is null or (k.app_id = $2 and k.organization = any($3::text[]))) for update`,
          [flowId, scope?.appId ?? null, scope?.organizations ?? null],
        );
        const [contract] = rows;
        if (contract === undefined) return undefined;
        if (contract.forgottenAtS !== null) return { forgottenAtS: contract.forgottenAtS, notifications: 0 };
        const { rowCount } = await tx.query(
          forgettingOf(
            'n.flow_id = $1',
            `, outcome = case when n.outcome = 'pending' then 'kept' else n.outcome end,
             reason = case when n.outcome = 'pending' then $2 else n.reason end, due_at = null,
             settled_at = case when n.outcome = 'pending' then $3::timestamptz else n.settled_at end`,
          ),
          [flowId, JSON.stringify({ code: 'BodyGone' }), timeOf(nowS)],
        );
        await tx.query(
          `update contracts k set forgotten_at = $2::timestamptz, deadline_at = null,
             started_at = date_trunc('day', k.started_at, 'UTC'), state_at = date_trunc('day', k.state_at, 'UTC')
           where k.flow_id = $1`,
          [flowId, timeOf(nowS)],
        );
        await tx.query(
          `update events e set data = jsonb_set(e.data::jsonb, '{FlowId}', '"forgotten"')::text
           where e.code_id = $1 and e.type like 'contract.%' and e.data::jsonb ->> 'FlowId' = $2`,
          [contract.codeId, flowId],
        );
        const reason = `${rowCount} notifications`;
        await recordAudit(tx, { actor, action: 'contract.forgotten', subject: flowId, reason });
        return { forgottenAtS: nowS, notifications: rowCount };
      }),
  };
}

/** SQL: what messages about a forgotten contract lose, a row for each. `more`: further assignments. */
export function forgettingOf(which: string, more = ''): string {
  return `with told as (
       update messages n set body = null, content_signature = null, flow_id = null, flow_status = null ${more}
       where ${which} returning n.received_at, n.notification_id
     ),
     gone as (delete from message_bodies b using told where ${isSame('b', 'told')})
     select from told`;
}
