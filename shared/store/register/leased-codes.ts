import type { Generation } from '../../codes/code.ts';
import type { LockedCode } from '../../codes/ports.ts';
import type { Claim, LinkReads, WhenLocked } from '../../codes/renewal/ports.ts';
import type { Database, Results, Statement } from '../postgres/database.ts';
import { inMs, isOver } from '../postgres/leases.ts';
import { type Param, statementOf } from '../postgres/statements.ts';
import { ofBlocked } from './code-conditions.ts';
import {
  type CodeRow,
  type CurrentRow,
  codeColumns,
  currentColumn,
  type GenerationRow,
  generationColumns,
  toCode,
  toCurrent,
  toGeneration,
} from './register-rows.ts';

/** A code together with who is at work on it. `c`: codes. */
const leasedCodeColumns = `${codeColumns}, c.lease_token::text as "leaseToken",
  not ${isOver('c.lease_until')} as leased`;

interface LeasedCodeRow extends CodeRow {
  leaseToken: string;
  leased: boolean;
}

function toLeasedCode(row: LeasedCodeRow, current: Generation | null): LockedCode {
  const { leaseToken, leased, ...code } = row;
  return { code: toCode(code, current), leaseToken, leased };
}

export interface ClaimRow extends LeasedCodeRow, CurrentRow {
  isClean: boolean;
}

/**
 * The end of a statement whose CTE `picked` has locked codes, with `code_id` and `generation`: leases them, and returns
 * a {@link ClaimRow} of each. A code that has changed between the look at it and its lock may come with a generation
 * that it no longer has: it is not clean.
 */
export function leasePicked(leaseMs: string): string {
  return `update codes c set lease_until = ${inMs(leaseMs)}, lease_token = c.lease_token + 1
  from picked left join generations g on g.code_id = picked.code_id and g.number = picked.generation
  where c.code_id = picked.code_id
  returning ${leasedCodeColumns}, ${currentColumn},
    c.generation = coalesce(g.number, 0) and not exists (select from attempts a
      where a.code_id = c.code_id and a.kind = 'create' and a.state in ('planned', 'sent')) as "isClean"`;
}

export function toClaim({ current, isClean, ...row }: ClaimRow): Claim {
  const { code, leaseToken } = toLeasedCode(row, toCurrent({ current }));
  return { code, lease: { codeId: code.codeId, token: leaseToken }, isClean };
}

/** The rows of {@link lockStatements}. */
export type LockedRows = [LeasedCodeRow, GenerationRow];

/**
 * Lock a code, then read its newest generation: a second statement sees what the lock was waited for.
 *
 * @param condition SQL that is true of the code, `c`
 * @param codeId SQL for its id
 */
export function lockStatements(
  condition: (param: Param) => string,
  codeId: (param: Param) => string,
): Statement[] {
  return [
    statementOf((param) => `select ${leasedCodeColumns} from codes c where ${condition(param)} for update`),
    statementOf(
      (param) => `select ${generationColumns} from generations g
      where g.code_id = ${codeId(param)} order by g.number desc limit 1`,
    ),
  ];
}

export function toLocked([locked, newest]: Results<LockedRows>): LockedCode | undefined {
  const [[row], [generation]] = [locked.rows, newest.rows];
  return row && toLeasedCode(row, generation ? toGeneration(generation) : null);
}

const lockClause: Readonly<Record<WhenLocked, string>> = { wait: '', skip: 'skip locked' };

/** Whoever has waited sees the row as it is by then: the conditions are looked at again. */
const claimIfDueStatement = (whenLocked: WhenLocked) => `
  with picked as (
    select c.code_id, c.generation from codes c
    where c.code_id = $1 and c.due_at <= to_timestamp($2) and not c.held and ${isOver('c.lease_until')}
      and not ${ofBlocked}
    for update of c ${lockClause[whenLocked]}
  )
  ${leasePicked('$3')}`;

/** {@link LinkReads.claimIfDue}, for who needs nothing else of it. */
export function claimIfDue(db: Database): LinkReads['claimIfDue'] {
  return async (codeId, nowS, leaseMs, whenLocked) => {
    const { rows } = await db.query<ClaimRow>(claimIfDueStatement(whenLocked), [codeId, nowS, leaseMs]);
    return rows.map(toClaim)[0];
  };
}
