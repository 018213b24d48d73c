import type {
  CreationWrites,
  RegisterTransaction,
  RegisterWrites,
  RenewalWrites,
  Transactions,
} from '../../codes/ports.ts';
import type { Database } from '../postgres/database.ts';
import { repeatableTransaction } from '../postgres/repeatable-transaction.ts';
import { cancelTransaction, findCancel } from './cancels.ts';
import { codeCondition, codeIdSql } from './code-conditions.ts';
import { generationTransaction } from './generation-transaction.ts';
import { noteCreate, noteFirstCreate, registerJournal } from './journal.ts';
import { type LockedRows, lockStatements, toLocked } from './leased-codes.ts';
import { isPresumedWrongly, presume } from './presumption.ts';
import { settleCancel } from './settle-cancel.ts';

/** Writing to the register. */
export function registerWrites(db: Database): RegisterWrites {
  return {
    ...registerJournal(db),
    ...transactionsOf(db, registerTransaction),
    settleCancel: (settled) => settleCancel(db, settled),
    findCancel: (attemptId) => findCancel(db, attemptId),

    async isRegistered(qrCodeId) {
      const { rows } = await db.query('select from generations where qr_code_id = $1', [qrCodeId]);
      return rows.length > 0;
    },
  };
}

/** The part of it that a create needs. */
export function creationWrites(db: Database): CreationWrites {
  return {
    noteFirstCreate: (...noted) => noteFirstCreate(db, ...noted),
    ...transactionsOf(db, generationTransaction),
  };
}

/** The part of it that a renewal needs. */
export function renewalWrites(db: Database): RenewalWrites {
  return { noteCreate: (...noted) => noteCreate(db, ...noted), ...transactionsOf(db, generationTransaction) };
}

/** @param writing what can be written in one of them */
function transactionsOf<Transaction>(
  db: Database,
  writing: (tx: Database) => Transaction,
): Transactions<Transaction> {
  return {
    transaction: (work) => repeatableTransaction(db, (tx) => work(writing(tx))),

    async transactionIf(presumed, work) {
      try {
        return await repeatableTransaction(db, async (tx) => {
          await presume(tx, presumed);
          return work(writing(tx));
        });
      } catch (error) {
        if (isPresumedWrongly(error)) return undefined;
        throw error;
      }
    },
  };
}

/** Everything that can be written in one transaction. */
export function registerTransaction(tx: Database): RegisterTransaction {
  return {
    ...generationTransaction(tx),
    ...cancelTransaction(tx),

    async lockCodeOf(key, scope) {
      const locked = await tx.batch<LockedRows>(
        lockStatements(
          (param) => codeCondition(key, scope, param),
          (param) => codeIdSql(key, param),
        ),
      );
      return toLocked(locked);
    },
  };
}
