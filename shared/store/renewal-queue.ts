import type { Generation } from '../codes/code.ts';
import type { Claim, ExpiryReasons, RenewalQueue } from '../codes/ports.ts';
import type { Database } from './database.ts';
import { type LeasedCodeRow, leasedCodeColumns, toLeasedCode } from './leased-codes.ts';
import { type GenerationRow, generationColumns, toGeneration } from './register-rows.ts';

/** By the database's time: who died at work keeps nobody waiting for longer than the lease. */
const isFree = '(c.lease_until is null or c.lease_until <= clock_timestamp())';
const isDue = 'c.due_at <= to_timestamp($1)';
const ofBlocked = `exists (select from organizations o where o.app_id = c.app_id
  and o.organization = c.organization and o.quota_state = 'blocked')`;

export const claimDueStatement = `
  with picked as (
    select c.code_id from codes c
    where ${isDue} and not c.held and ${isFree} and not ${ofBlocked}
    order by c.due_at limit $2 for update of c skip locked
  )
  update codes c set lease_until = clock_timestamp() + $3 * interval '1 millisecond', lease_token = c.lease_token + 1
  from picked where c.code_id = picked.code_id
  returning ${leasedCodeColumns}`;

/**
 * The next probe is put off in the same statement: of many timers one asks, and if it dies, another asks then.
 * Only what some code waits for is asked.
 */
export const claimProbesStatement = `
  with due as (
    select o.app_id, o.organization from organizations o
    where o.quota_state = 'blocked' and o.probe_at <= to_timestamp($1)
      and exists (select from codes c
        where c.app_id = o.app_id and c.organization = o.organization and ${isDue} and ${isFree})
    order by o.probe_at limit $2 for update of o skip locked
  ),
  moved as (
    update organizations o set probe_at = to_timestamp($4) from due
    where o.app_id = due.app_id and o.organization = due.organization
  ),
  picked as (
    select first.code_id from due cross join lateral (
      select c.code_id from codes c
      where c.app_id = due.app_id and c.organization = due.organization and ${isDue} and ${isFree}
      order by c.due_at limit 1 for update of c skip locked
    ) first
  )
  update codes c set lease_until = clock_timestamp() + $3 * interval '1 millisecond', lease_token = c.lease_token + 1
  from picked where c.code_id = picked.code_id
  returning ${leasedCodeColumns}`;

/** A code that is put aside just as its organisation gets quota again is taken back by the next run. */
export const holdBlockedStatement = `
  with picked as (
    select c.code_id from codes c
    join organizations o on o.app_id = c.app_id and o.organization = c.organization
    where ${isDue} and not c.held and ${isFree} and o.quota_state = 'blocked'
    limit $2 for update of c skip locked
  )
  update codes c set held = true from picked where c.code_id = picked.code_id`;

/** Hops from tenant to tenant by index: organisations that still lack quota cost one step each, not one per code. */
export const releaseHeldStatement = `
  with recursive tenant as (
    (select c.app_id, c.organization from codes c where c.held order by c.app_id, c.organization limit 1)
    union all
    select next.app_id, next.organization from tenant cross join lateral (
      select c.app_id, c.organization from codes c
      where c.held and (c.app_id, c.organization) > (tenant.app_id, tenant.organization)
      order by c.app_id, c.organization limit 1
    ) next
  ),
  picked as (
    select code.code_id from tenant cross join lateral (
      select c.code_id from codes c
      where c.held and c.app_id = tenant.app_id and c.organization = tenant.organization
        and not ${ofBlocked}
      limit $1 for update of c skip locked
    ) code limit $1
  )
  update codes c set held = false from picked where c.code_id = picked.code_id`;

/** Locks in the order in which everything else does: first the code, then its generations. */
export const markExpiredStatement = `
  with due as (
    select g.code_id, g.number from generations g
    where g.state in ('live', 'superseded') and g.expires_at <= to_timestamp($1)
    order by g.expires_at limit $2
  ),
  locked as (
    select c.code_id from codes c where c.code_id in (select code_id from due) for update of c skip locked
  ),
  ended as (
    update generations g set state = 'expired' from due join locked on locked.code_id = due.code_id
    where g.code_id = due.code_id and g.number = due.number and g.state in ('live', 'superseded')
    returning g.code_id, g.number, g.qr_code_id, g.expires_at
  ),
  expired as (
    update codes c set state = 'Expired', warn_at = null, version = c.version + 1, updated_at = to_timestamp($1),
      reason = case when c.due_at is null then $4 else $3 end
    from ended where c.code_id = ended.code_id and c.generation = ended.number and c.state = 'Active'
    returning c.*, ended.qr_code_id
  ),
  told as (
    insert into events (event_id, type, code_id, app_id, organization, data, occurred_at)
    select gen_random_uuid()::text, 'code.expired', code_id, app_id, organization,
      json_build_object('CodeId', code_id, 'ExternalId', external_id, 'State', state, 'Generation', generation,
        'QrCodeId', qr_code_id, 'ExpiredTime', floor(extract(epoch from expires_at))::bigint,
        'Reason', reason::json ->> 'code')::text,
      to_timestamp($1)
    from expired
  )
  select count(*)::int as count from ended`;

/**
 * Rows whose generation is dead are only taken off the list. Who is due and simply has not had its turn is left for the
 * next run.
 */
export const tellExpiringStatement = `
  with picked as (
    select c.code_id, c.generation from codes c
    where c.warn_at <= to_timestamp($1)
      and (c.due_at is null or c.failures > 0 or c.held or c.state <> 'Active' or ${ofBlocked})
    order by c.warn_at limit $2 for update of c skip locked
  ),
  warned as (
    update generations g set told_expiring = true from picked
    where g.code_id = picked.code_id and g.number = picked.generation and not g.told_expiring
      and g.state = 'live' and g.expires_at > to_timestamp($1)
    returning g.code_id, g.number, g.qr_code_id, g.expires_at, g.used, g.max_flow_num
  ),
  told as (
    insert into events (event_id, type, code_id, app_id, organization, data, occurred_at)
    select gen_random_uuid()::text, 'code.expiring', c.code_id, c.app_id, c.organization,
      json_build_object('CodeId', c.code_id, 'ExternalId', c.external_id, 'State', c.state, 'Generation', warned.number,
        'QrCodeId', warned.qr_code_id, 'ExpiredTime', floor(extract(epoch from warned.expires_at))::bigint,
        'Reason', case when c.failures > 0 or c.state <> 'Active' then c.reason::json ->> 'code'
          when c.due_at is not null then 'QuotaBlocked'
          when c.policy::json ->> 'Enabled' = 'false' then 'RenewalOff' else 'NoSuccessor' end)::text,
      to_timestamp($1)
    from warned join codes c on c.code_id = warned.code_id
  )
  update codes c set warn_at = null from picked where c.code_id = picked.code_id`;

/** What the timer works through. */
export function renewalQueue(db: Database): RenewalQueue {
  async function claim(statement: string, params: unknown[]): Promise<Claim[]> {
    const { rows } = await db.query<LeasedCodeRow>(statement, params);
    const current = await currentGenerations(db, rows);
    const claims = rows.map((row) => {
      const { code, leaseToken } = toLeasedCode(row, current.get(row.codeId) ?? null);
      return { code, lease: { codeId: code.codeId, token: leaseToken } };
    });
    // An update returns rows in the order in which it found them.
    return claims.sort((a, b) => (a.code.dueAtS ?? 0) - (b.code.dueAtS ?? 0));
  }

  return {
    claimDue: (nowS, limit, leaseMs) => claim(claimDueStatement, [nowS, limit, leaseMs]),
    claimProbes: (nowS, nextProbeS, limit, leaseMs) =>
      claim(claimProbesStatement, [nowS, limit, leaseMs, nextProbeS]),

    async holdBlocked(nowS, limit) {
      return (await db.query(holdBlockedStatement, [nowS, limit])).rowCount;
    },

    async releaseHeld(limit) {
      return (await db.query(releaseHeldStatement, [limit])).rowCount;
    },

    async markExpired(nowS, limit, { successorDue, noSuccessor }: ExpiryReasons) {
      const params = [nowS, limit, JSON.stringify(successorDue), JSON.stringify(noSuccessor)];
      const { rows } = await db.query<{ count: number }>(markExpiredStatement, params);
      return rows[0]?.count ?? 0;
    },

    async tellExpiring(nowS, limit) {
      return (await db.query(tellExpiringStatement, [nowS, limit])).rowCount;
    },

    async interruptedCreates(limit) {
      const { rows } = await db.query<{ attemptId: string; codeId: string }>(
        `select a.attempt_id as "attemptId", a.code_id as "codeId" from attempts a
         join codes c on c.code_id = a.code_id
         where a.kind = 'create' and a.state in ('planned', 'sent')
           and (c.lease_token <> a.lease_token or ${isFree})
         order by a.planned_at limit $1`,
        [limit],
      );
      return rows;
    },

    async release(leases) {
      await db.query(
        `update codes c set lease_until = null from unnest($1::text[], $2::bigint[]) as l (code_id, token)
         where c.code_id = l.code_id and c.lease_token = l.token`,
        [leases.map(({ codeId }) => codeId), leases.map(({ token }) => token)],
      );
    },
  };
}

/** The newest generation of each code. */
async function currentGenerations(db: Database, codes: LeasedCodeRow[]): Promise<Map<string, Generation>> {
  if (codes.length === 0) return new Map();
  const { rows } = await db.query<GenerationRow>(
    `select ${generationColumns} from codes c join generations g on g.code_id = c.code_id and g.number = c.generation
     where c.code_id = any($1::text[])`,
    [codes.map(({ codeId }) => codeId)],
  );
  return new Map(rows.map((row) => [row.codeId, toGeneration(row)]));
}
