import type { SettledCancel } from '../../codes/ports.ts';
import type { Database } from '../postgres/database.ts';
import { assignments, parameters } from '../postgres/statements.ts';
import { changingAttemptValues } from './register-rows.ts';

/** One statement. It locks in the order in which everything does: the code, then the cancel, then the generation. */
export async function settleCancel(
  db: Database,
  { attempt, qrCodeId, endedAs }: SettledCancel,
): Promise<boolean> {
  const { params, param } = parameters();
  const [codeId, code] = [param(attempt.codeId), param(qrCodeId)];
  const isDead = `${param(endedAs !== null)}::boolean`;
  const { rows } = await db.query<{ isOurs: boolean }>(
    `with code as (select c.code_id from codes c where c.code_id = ${codeId}::text for update),
     mine as (
       select a.attempt_id from attempts a, (select count(*) from code) first
       where a.attempt_id = ${param(attempt.attemptId)} and a.due_at is not null for update of a
     ),
     settled as (
       update attempts a set ${assignments(changingAttemptValues(attempt), param).join(', ')}, lease_until = null
       from mine where a.attempt_id = mine.attempt_id
     ),
     ended as (
       update generations g set state = ${param(endedAs)}::text from mine
       where g.qr_code_id = ${code}::text and g.state in ('live', 'superseded') and ${isDead}
     ),
     cleared as (
       update attempts a set possible_orphan = false from mine
       where a.code_id = ${codeId}::text and a.qr_code_id = ${code}::text and a.kind = 'create' and a.possible_orphan
         and ${isDead}
     )
     select exists (select from mine) as "isOurs"`,
    params,
    { prepared: true },
  );
  return rows[0]?.isOurs ?? false;
}
