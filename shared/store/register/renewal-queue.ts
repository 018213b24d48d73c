import type { Claim, RenewalQueue } from '../../codes/renewal/ports.ts';
import type { Database } from '../postgres/database.ts';
import { isOver, pickedDue } from '../postgres/leases.ts';
import { ofNone, tenantParams } from '../postgres/statements.ts';
import { ofBlocked } from './code-conditions.ts';
import { emitExpiring, markExpired } from './expiry.ts';
import { type ClaimRow, leasePicked, toClaim } from './leased-codes.ts';

const isFree = isOver('c.lease_until');
const isDue = 'c.due_at <= to_timestamp($1)';

const due = {
  table: 'codes',
  row: 'c',
  key: ['code_id'],
  more: ['generation'],
  where: `not c.held and not ${ofBlocked} and ${ofNone('c', '$4', '$5')}`,
} as const;
const claimDueStatement = `with ${pickedDue(due)} ${leasePicked('$3')}`;

/**
 * The next probe is put off in the same statement: of many timers one asks, and if it dies, another asks then.
 * Only what some code waits for is asked.
 */
const claimProbesStatement = `
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
    select first.* from due cross join lateral (
      select c.code_id, c.generation from codes c
      where c.app_id = due.app_id and c.organization = due.organization and ${isDue} and ${isFree}
      order by c.due_at limit 1 for update of c skip locked
    ) first
  )
  ${leasePicked('$3')}`;

/** A code that is put aside just as its organisation gets quota again is taken back by the next run. */
const holdBlockedStatement = `
  with picked as (
    select c.code_id from codes c
    join organizations o on o.app_id = c.app_id and o.organization = c.organization
    where ${isDue} and not c.held and ${isFree} and o.quota_state = 'blocked'
    limit $2 for update of c skip locked
  )
  update codes c set held = true from picked where c.code_id = picked.code_id`;

/** Hops from tenant to tenant by index: organisations that still lack quota cost one step each, not one per code. */
const releaseHeldStatement = `
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

/** What the timer works through. */
export function renewalQueue(db: Database): RenewalQueue {
  async function claim(statement: string, params: unknown[]): Promise<Claim[]> {
    const { rows } = await db.query<ClaimRow>(statement, params);
    const claims = rows.map(toClaim);
    // An update returns rows in the order in which it found them.
    return claims.sort((a, b) => (a.code.dueAtS ?? 0) - (b.code.dueAtS ?? 0));
  }

  return {
    claimDue: (nowS, limit, leaseMs, except = []) =>
      claim(claimDueStatement, [nowS, limit, leaseMs, ...tenantParams(except)]),
    claimProbes: (nowS, nextProbeS, limit, leaseMs) =>
      claim(claimProbesStatement, [nowS, limit, leaseMs, nextProbeS]),

    async holdBlocked(nowS, limit) {
      return (await db.query(holdBlockedStatement, [nowS, limit])).rowCount;
    },

    async releaseHeld(limit) {
      return (await db.query(releaseHeldStatement, [limit])).rowCount;
    },

    markExpired: (nowS, limit, reasons, eventOf) => markExpired(db, { nowS, limit, reasons, eventOf }),
    emitExpiring: (nowS, limit, eventOf) => emitExpiring(db, { nowS, limit, eventOf }),

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
