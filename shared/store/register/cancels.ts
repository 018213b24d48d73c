/** Cancels as the journal keeps them. */

import type { OpenCancel, RegisterTransaction } from '../../codes/ports.ts';
import type { CancelQueue } from '../../codes/renewal/ports.ts';
import type { Database } from '../postgres/database.ts';
import { claimDueSql, inMs, isOver } from '../postgres/leases.ts';
import { defer, ofNone, type Param, statementOf, tenantParams } from '../postgres/statements.ts';
import { codeCondition, codeIdSql } from './code-conditions.ts';
import { insertCancel } from './generation-transaction.ts';
import { type LockedRows, lockStatements, toLocked } from './leased-codes.ts';
import {
  type AttemptRow,
  attemptColumns,
  type GenerationRow,
  generationColumns,
  toAttempt,
  toGeneration,
} from './register-rows.ts';

/** Writing them, in a transaction. */
export function cancelTransaction(
  tx: Database,
): Pick<RegisterTransaction, 'lockToCancel' | 'beginCancel' | 'leaseCancel'> {
  return {
    async lockToCancel(key, scope) {
      const id = (param: Param) => codeIdSql(key, param);
      const [locked, newest, living, open] = await tx.batch<[...LockedRows, GenerationRow, OpenCancelRow]>([
        ...lockStatements((param) => codeCondition(key, scope, param), id),
        statementOf(
          (param) => `select ${generationColumns} from generations g
          where g.code_id = ${id(param)} and g.state in ('live', 'superseded') order by g.number`,
        ),
        statementOf(
          (param) => `select ${openCancelColumns} from attempts a
          where a.code_id = ${id(param)} and a.kind = 'cancel' and a.due_at is not null for update`,
        ),
      ]);
      const code = toLocked([locked, newest]);
      return (
        code && {
          ...code,
          living: living.rows.map(toGeneration),
          openCancels: open.rows.map(toOpenCancel),
        }
      );
    },

    async beginCancel(attempt, leaseMs) {
      const open = {
        text: `select ${openCancelColumns} from attempts a where a.qr_code_id = $1 and a.due_at is not null`,
        params: [attempt.qrCodeId],
      };
      const [, { rows }] = await tx.batch<[object, OpenCancelRow]>([insertCancel(attempt, leaseMs), open]);
      return rows.map(toOpenCancel)[0];
    },

    leaseCancel: (attemptId, leaseMs) =>
      defer(tx, {
        text: `update attempts set lease_until = ${inMs('$2::float8')} where attempt_id = $1`,
        params: [attemptId, leaseMs],
      }),
  };
}

/** A cancel by its attempt, settled or not. */
export async function findCancel(db: Database, attemptId: string): Promise<OpenCancel | undefined> {
  const { rows } = await db.query<OpenCancelRow>(
    `select ${openCancelColumns} from attempts a where a.attempt_id = $1`,
    [attemptId],
  );
  return rows.map(toOpenCancel)[0];
}

/** `a`: attempts. */
const openCancelColumns = `${attemptColumns}, not ${isOver('a.lease_until')} as leased`;

interface OpenCancelRow extends AttemptRow {
  leased: boolean;
}

function toOpenCancel({ leased, ...row }: OpenCancelRow): OpenCancel {
  return { attempt: toAttempt(row), leased };
}

const claimCancelsStatement = claimDueSql(
  { table: 'attempts', row: 'a', key: ['attempt_id'], where: ofNone('a', '$4', '$5') },
  attemptColumns,
);

/** Cancels that are still to be sent, or sent again. */
export function cancelQueue(db: Database): CancelQueue {
  return {
    async claimCancels(nowS, limit, leaseMs, except = []) {
      const params = [nowS, limit, leaseMs, ...tenantParams(except)];
      const { rows } = await db.query<AttemptRow>(claimCancelsStatement, params);
      return rows.map(toAttempt);
    },
  };
}
