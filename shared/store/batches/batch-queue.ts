import type { RowClaim, RowLease, RowResult } from '../../codes/batch/batch.ts';
import type { BatchQueue } from '../../codes/batch/ports.ts';
import type { Attempt } from '../../codes/life/attempt.ts';
import type { Tenant } from '../../codes/ports.ts';
import type { Database } from '../postgres/database.ts';
import { inMs, isOver } from '../postgres/leases.ts';
import { repeatableTransaction } from '../postgres/repeatable-transaction.ts';
import { ofNone, tenantParams } from '../postgres/statements.ts';
import { noteFirstCreate } from '../register/journal.ts';
import { timeOf } from '../register/register-rows.ts';
import { registerTransaction } from '../register/register-transactions.ts';

const isFree = isOver('r.lease_until');

/** SQL that hops from tenant to tenant by index, and takes of each as many rows as of any other; the tenants in no order. */
const claimStatement = `
  with recursive hops as (
    (select r.app_id, r.organization from batch_rows r where r.state = 'waiting'
     order by r.app_id, r.organization limit 1)
    union all
    select next.app_id, next.organization from hops cross join lateral (
      select r.app_id, r.organization from batch_rows r
      where r.state = 'waiting' and (r.app_id, r.organization) > (hops.app_id, hops.organization)
      order by r.app_id, r.organization limit 1
    ) next
  ),
  tenant as (
    select h.app_id, h.organization from hops h where ${ofNone('h', '$4', '$5')} order by random() limit $2::int
  ),
  picked as (
    select row.batch_id, row.number from tenant cross join lateral (
      select r.batch_id, r.number from batch_rows r
      where r.state = 'waiting' and r.app_id = tenant.app_id and r.organization = tenant.organization
        and r.due_at <= to_timestamp($1) and ${isFree} and ($6::text is null or r.batch_id = $6)
      order by r.due_at, r.number
      limit (select greatest(1, $2::int / greatest(1, count(*)::int)) from tenant)
      for update of r skip locked
    ) row
  )
  update batch_rows r set lease_until = ${inMs('$3::float8')}, lease_token = r.lease_token + 1
  from picked join batches b on b.batch_id = picked.batch_id
  where r.batch_id = picked.batch_id and r.number = picked.number
  returning r.batch_id as "batchId", r.number, r.lease_token::text as token, r.app_id as "appId", r.organization,
    b.operation, b.actor, r.code_id as "codeId", r.sealed, r.begun, r.failures,
    b.cancelled_at is not null as "isCancelled", extract(epoch from r.due_at)::float8 as "dueAtS"`;

interface ClaimRow extends Omit<RowClaim, 'lease' | 'tenant'>, RowLease, Tenant {
  dueAtS: number;
}

/** SQL: is the row still the holder's? */
const isOurs = 'r.batch_id = $1 and r.number = $2 and r.lease_token = $3::bigint';
const keyOf = ({ batchId, number, token }: RowLease) => [batchId, number, token];

/** What the workers of batches work through. */
export function batchQueue(db: Database): BatchQueue {
  return {
    async claim(nowS, limit, leaseMs, { except, batchId }) {
      const { rows } = await db.query<ClaimRow>(claimStatement, [
        nowS,
        limit,
        leaseMs,
        ...tenantParams(except),
        batchId ?? null,
      ]);
      // An update returns rows in the order in which it found them.
      return rows.sort((a, b) => a.dueAtS - b.dueAtS || a.number - b.number).map(toClaim);
    },

    async release(leases) {
      await db.query(
        `update batch_rows r set lease_until = null
         from unnest($1::text[], $2::int[], $3::bigint[]) as l (batch_id, number, token)
         where r.batch_id = l.batch_id and r.number = l.number and r.lease_token = l.token`,
        [
          leases.map(({ batchId }) => batchId),
          leases.map(({ number }) => number),
          leases.map(({ token }) => token),
        ],
      );
    },

    noteCreate: (lease, { code, attempt, leaseMs, slot }) =>
      db.transaction(async (tx) => {
        // Locked until the create is noted: nobody takes the row over in between.
        const { rowCount } = await tx.query(
          `update batch_rows r set begun = true,
             lease_until = greatest(r.lease_until, ${inMs('$4::float8')})
           where ${isOurs} and r.state = 'waiting' and r.lease_until > clock_timestamp()`,
          [...keyOf(lease), leaseMs],
        );
        return rowCount === 0 ? 'lost' : noteFirstCreate(tx, code, attempt, leaseMs, slot);
      }),

    async refusalOf(codeId) {
      const { rows } = await db.query<Pick<Attempt, 'state' | 'errorCode' | 'upstreamRequestId'>>(
        `select a.state, a.error_code as "errorCode", a.upstream_request_id as "upstreamRequestId"
         from attempts a where a.code_id = $1 and a.kind = 'create' order by a.planned_at desc limit 1`,
        [codeId],
      );
      return rows[0];
    },

    settling: (lease, nowS, work) =>
      repeatableTransaction(db, async (tx) => {
        const { rowCount } = await tx.query(
          `update batch_rows r set state = 'done', settled_at = $4::timestamptz, lease_until = null
           where ${isOurs} and r.state = 'waiting' and r.lease_until > clock_timestamp()`,
          [...keyOf(lease), timeOf(nowS)],
        );
        return rowCount === 0 ? undefined : { result: await work(registerTransaction(tx)) };
      }),

    async settle(lease, result, nowS) {
      const { rowCount } = await db.query(
        // An answer that comes late says more than that none had come.
        `update batch_rows r set ${settled('$4', '$5', '$6', '$7', '$8')}
         where (${isOurs} and r.state = 'waiting')
           or (r.batch_id = $1 and r.number = $2 and r.state = 'unknown' and $4 = 'done')`,
        [...keyOf(lease), ...resultParams(result, nowS)],
      );
      return rowCount === 1;
    },

    async settleRest(batchId, { appId, organization }, result, nowS) {
      await db.query(
        `update batch_rows r set ${settled('$4', '$5', '$6', '$7', '$8')}
         where r.batch_id = $1 and r.app_id = $2 and r.organization = $3 and r.state = 'waiting' and not r.begun`,
        [batchId, appId, organization, ...resultParams(result, nowS)],
      );
    },

    async putBack(lease, { dueAtS, failures, codeId }) {
      await db.query(
        `update batch_rows r set
           begun = r.begun and $6::text is null,
           code_id = coalesce($6, r.code_id),
           state = case when ${ended} then 'cancelled' else r.state end,
           sealed = case when ${ended} then null else r.sealed end,
           settled_at = case when ${ended} then $4::timestamptz end,
           due_at = $4::timestamptz, failures = $5, lease_until = null
         where ${isOurs} and r.state = 'waiting'`,
        [...keyOf(lease), timeOf(dueAtS), failures, codeId ?? null],
      );
    },
  };
}

/** SQL: was its batch cancelled, and is nothing of the row under way? */
const ended = `(not (r.begun and $6::text is null)
  and exists (select from batches b where b.batch_id = r.batch_id and b.cancelled_at is not null))`;

/** The row is settled by a result: what it was asked with is not needed any more. */
function settled(state: string, code: string, text: string, requestId: string, at: string): string {
  return `state = ${state}, error_code = ${code}, error_text = ${text}, upstream_request_id = ${requestId},
    settled_at = ${at}::timestamptz, sealed = null, lease_until = null`;
}

function resultParams(result: RowResult, nowS: number): unknown[] {
  const failure = 'code' in result ? result : undefined;
  return [
    result.state,
    failure?.code ?? null,
    failure === undefined ? null : JSON.stringify(failure.text),
    failure?.upstreamRequestId ?? null,
    timeOf(nowS),
  ];
}

function toClaim({ batchId, number, token, appId, organization, dueAtS: _, ...claim }: ClaimRow): RowClaim {
  return { ...claim, lease: { batchId, number, token }, tenant: { appId, organization } };
}
