/**
 * The journal of calls that make or end an upstream code. What a call may do is committed before its first byte leaves,
 * together with its turn under the rate limit: one statement, so that nothing is noted that has no turn, and no turn is
 * used up by what may not be sent.
 */
import type { Code } from '../../codes/code.ts';
import type { Attempt } from '../../codes/life/attempt.ts';
import type { Journal, SeenCode } from '../../codes/ports.ts';
import type { SlotAnswer, SlotRequest } from '../../world.ts';
import {
  type SlotRow,
  slotClauses,
  slotColumns,
  slotParams,
  toSlotAnswer,
} from '../limits/rate-limit-slots.ts';
import type { Database } from '../postgres/database.ts';
import { inMs } from '../postgres/leases.ts';
import { insertSql, type Param, parameters, writtenOnce } from '../postgres/statements.ts';
import { attemptValues, changingCodeValues, fixedCodeValues, timeOf, type Values } from './register-rows.ts';

/** The lease under which a code is made. */
const firstToken = '1';

export function registerJournal(db: Database): Journal {
  return {
    noteFirstCreate: (code, attempt, leaseMs, slot) => noteFirstCreate(db, code, attempt, leaseMs, slot),

    noteCreate: (attempt, seen, leaseMs, slot) => noteCreate(db, attempt, seen, leaseMs, slot),

    async noteCancel(attemptId, leaseMs, sentAtS, slot) {
      const { params, param } = parameters();
      const { rows } = await db.query<SlotRow & { isOpen: boolean }>(
        `with mine as (
           select a.attempt_id from attempts a where a.attempt_id = ${param(attemptId)} and a.due_at is not null for update
         ), ${slotClauses(slot, param, 'mine')},
         noted as (
           update attempts a set state = 'sent', sent_at = ${param(timeOf(sentAtS))}::timestamptz,
             lease_until = ${inMs(`${param(leaseMs)}::float8`)}
           from mine, slot where a.attempt_id = mine.attempt_id
         )
         select exists (select from mine) as "isOpen", ${slotColumns} from (values (1)) one left join answer on true`,
        params,
        { prepared: true },
      );
      return rows[0]?.isOpen ? toSlotAnswer(rows[0], slot) : 'settled';
    },
  };
}

const firstCreateText = writtenOnce();

/** {@link Journal.noteFirstCreate} */
export async function noteFirstCreate(
  db: Database,
  code: Code,
  attempt: Attempt,
  leaseMs: number,
  slot: SlotRequest,
): Promise<SlotAnswer> {
  const codeRow = { ...fixedCodeValues(code), ...changingCodeValues(code), lease_token: firstToken };
  const attemptRow = sentValues(attempt);
  const leaseUntil = { lease_until: (param: Param) => inMs(`${param(leaseMs)}::float8`) };
  const text = firstCreateText(
    (param) => `with one as (select 1), ${slotClauses(slot, param, 'one')},
     made as (${insertSql('codes', codeRow, param, { expressions: leaseUntil, from: 'slot' })}),
     noted as (${insertSql('attempts', attemptRow, param, { from: 'slot' })})
     select ${slotColumns} from answer`,
  );
  const params = [...slotParams(slot), ...Object.values(codeRow), leaseMs, ...Object.values(attemptRow)];
  const { rows } = await db.query<SlotRow>(text, params, { prepared: true });
  return toSlotAnswer(rows[0], slot);
}

const createText = writtenOnce();

/** {@link Journal.noteCreate} */
export async function noteCreate(
  db: Database,
  attempt: Attempt,
  { lease, version }: SeenCode,
  leaseMs: number,
  slot: SlotRequest,
) {
  const attemptRow = sentValues(attempt);
  const text = createText(
    (param) => `with held as (
       select c.code_id, c.version from codes c where c.code_id = ${param(lease.codeId)}
         and c.lease_token = ${param(lease.token)}::bigint and c.lease_until > clock_timestamp() for update
     ),
     mine as (select code_id from held where version = ${param(version)}::int),
     ${slotClauses(slot, param, 'mine')},
     prolonged as (
       update codes c set lease_until = greatest(c.lease_until, ${inMs(`${param(leaseMs)}::float8`)})
       from mine, slot where c.code_id = mine.code_id
     ),
     noted as (${insertSql('attempts', attemptRow, param, { from: 'slot' })})
     select (select version from held) as version, ${slotColumns} from (values (1)) one left join answer on true`,
  );
  const params = [
    lease.codeId,
    lease.token,
    version,
    ...slotParams(slot),
    leaseMs,
    ...Object.values(attemptRow),
  ];
  const { rows } = await db.query<SlotRow & { version: number | null }>(text, params, { prepared: true });
  const [row] = rows;
  if (row === undefined || row.version === null) return 'lost';
  return row.version === version ? toSlotAnswer(row, slot) : 'changed';
}

function sentValues(attempt: Attempt): Values {
  return { ...attemptValues(attempt), sent_at: timeOf(attempt.plannedAtS) };
}
