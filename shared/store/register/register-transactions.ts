import type { Attempt } from '../../codes/life/attempt.ts';
import type {
  CodeKey,
  CreationWrites,
  OpenCancel,
  RegisterTransaction,
  RegisterWrites,
  RenewalWrites,
} from '../../codes/ports.ts';
import { Failure } from '../../errors.ts';
import type { Scope } from '../../world.ts';
import { recordAudit } from '../access/audit.ts';
import { completeStatement } from '../access/idempotency-records.ts';
import type { Database, Statement } from '../postgres/database.ts';
import { inMs, isOver } from '../postgres/leases.ts';
import { repeatableTransaction } from '../postgres/repeatable-transaction.ts';
import { defer, insertStatement, type Param, parameters, updateStatement } from '../postgres/statements.ts';
import { codeCondition, codeIdSql } from './code-conditions.ts';
import { eventValues } from './events.ts';
import { noteCreate, noteFirstCreate, registerJournal } from './journal.ts';
import { type LeasedCodeRow, leasedCodeColumns, toLeasedCode } from './leased-codes.ts';
import { isPresumedWrongly, presume } from './presumption.ts';
import {
  type AttemptRow,
  attemptColumns,
  attemptValues,
  changingAttemptValues,
  changingCodeValues,
  type GenerationRow,
  generationColumns,
  generationValues,
  type OrganizationRow,
  organizationColumns,
  organizationValues,
  toAttempt,
  toGeneration,
  toOrganization,
} from './register-rows.ts';
import { settleCancel } from './settle-cancel.ts';

/** Writing to the register. */
export function registerWrites(db: Database): RegisterWrites {
  return {
    ...registerJournal(db),
    settleCancel: (settled) => settleCancel(db, settled),

    async findCancel(attemptId) {
      const { rows } = await db.query<OpenCancelRow>(
        `select ${openCancelColumns} from attempts a where a.attempt_id = $1`,
        [attemptId],
      );
      return rows.map(toOpenCancel)[0];
    },

    async isRegistered(qrCodeId) {
      const { rows } = await db.query('select from generations where qr_code_id = $1', [qrCodeId]);
      return rows.length > 0;
    },
    ...registerTransactions(db),
  };
}

/** The part of it that a create needs. */
export function creationWrites(db: Database): CreationWrites {
  return { noteFirstCreate: (...noted) => noteFirstCreate(db, ...noted), ...registerTransactions(db) };
}

/** The part of it that a renewal needs. */
export function renewalWrites(db: Database): RenewalWrites {
  return { noteCreate: (...noted) => noteCreate(db, ...noted), ...registerTransactions(db) };
}

function registerTransactions(db: Database): Pick<RegisterWrites, 'transaction' | 'transactionIf'> {
  return {
    transaction: (work) => repeatableTransaction(db, (tx) => work(registerTransaction(tx))),

    async transactionIf(presumed, work) {
      try {
        return await repeatableTransaction(db, async (tx) => {
          await presume(tx, presumed);
          return work(registerTransaction(tx));
        });
      } catch (error) {
        if (isPresumedWrongly(error)) return undefined;
        throw error;
      }
    },
  };
}

const leaseChanges = {
  keep: [],
  release: ['lease_until = null'],
  revoke: ['lease_until = null', 'lease_token = lease_token + 1'],
} as const;

/** What can be written in one transaction. */
export function registerTransaction(tx: Database): RegisterTransaction {
  const write = (statement: Statement) => defer(tx, statement);

  async function attempts(condition: string, params: unknown[]): Promise<Attempt[]> {
    const { rows } = await tx.query<AttemptRow>(
      `select ${attemptColumns} from attempts a where ${condition}`,
      params,
    );
    return rows.map(toAttempt);
  }

  return {
    async lockCode(codeId) {
      const [locked, newest] = await tx.batch<[LeasedCodeRow, GenerationRow]>(
        lockStatements({ by: 'CodeId', value: codeId }, null),
      );
      return lockedCode(locked.rows[0], newest.rows[0]);
    },

    async lockCodeOf(key, scope) {
      const [locked, newest] = await tx.batch<[LeasedCodeRow, GenerationRow]>(lockStatements(key, scope));
      return lockedCode(locked.rows[0], newest.rows[0]);
    },

    async lockToCancel(key, scope) {
      const [locked, newest, living, open] = await tx.batch<
        [LeasedCodeRow, GenerationRow, GenerationRow, OpenCancelRow]
      >([
        ...lockStatements(key, scope),
        ofCode(
          key,
          (id) => `select ${generationColumns} from generations g
          where g.code_id = ${id} and g.state in ('live', 'superseded') order by g.number`,
        ),
        ofCode(
          key,
          (id) => `select ${openCancelColumns} from attempts a
          where a.code_id = ${id} and a.kind = 'cancel' and a.due_at is not null for update`,
        ),
      ]);
      const code = lockedCode(locked.rows[0], newest.rows[0]);
      return (
        code && {
          ...code,
          living: living.rows.map(toGeneration),
          openCancels: open.rows.map(toOpenCancel),
        }
      );
    },

    saveCode: (code, lease) =>
      write(
        updateStatement('codes', { code_id: code.codeId }, changingCodeValues(code), leaseChanges[lease]),
      ),

    deleteCode: (codeId) => write({ text: 'delete from codes where code_id = $1', params: [codeId] }),

    insertGeneration: (generation) => write(insertStatement('generations', generationValues(generation))),

    saveGeneration: ({ codeId, number, state }) =>
      write(updateStatement('generations', { code_id: codeId, number }, { state })),

    async lockGeneration(qrCodeId) {
      const { rows } = await tx.query<GenerationRow>(
        `select ${generationColumns} from generations g where g.qr_code_id = $1 for update`,
        [qrCodeId],
      );
      return rows.map(toGeneration)[0];
    },

    insertCancel: (attempt, leaseMs) => write(insertCancel(attempt, leaseMs)),

    async beginCancel(attempt, leaseMs) {
      const open = {
        text: `select ${openCancelColumns} from attempts a where a.qr_code_id = $1 and a.due_at is not null`,
        params: [attempt.qrCodeId],
      };
      const [, { rows }] = await tx.batch<[object, OpenCancelRow]>([insertCancel(attempt, leaseMs), open]);
      return rows.map(toOpenCancel)[0];
    },

    leaseCancel: (attemptId, leaseMs) =>
      write({
        text: `update attempts set lease_until = ${inMs('$2::float8')} where attempt_id = $1`,
        params: [attemptId, leaseMs],
      }),

    async lockAttempt(attemptId) {
      return (await attempts('a.attempt_id = $1 for update', [attemptId]))[0];
    },

    saveAttempt: (attempt) =>
      write(
        updateStatement('attempts', { attempt_id: attempt.attemptId }, changingAttemptValues(attempt), [
          'lease_until = null',
        ]),
      ),

    openCreates: (codeId) =>
      attempts("a.code_id = $1 and a.kind = 'create' and a.state in ('planned', 'sent')", [codeId]),

    async lockOrganization(appId, organization) {
      const { rows } = await tx.query<OrganizationRow>(
        `select ${organizationColumns} from organizations o
         where o.app_id = $1 and o.organization = $2 for update`,
        [appId, organization],
      );
      return rows.map(toOrganization)[0];
    },

    async holdOrganization(appId, organization, nowS) {
      // The update that changes nothing locks the row and returns it, also if another transaction has just inserted it.
      const { rows } = await tx.query<OrganizationRow>(
        `insert into organizations as o (app_id, organization, quota_state, since, reason, probe_failures)
         values ($1, $2, 'ok', to_timestamp($3), '{"code":"QuotaRestored"}', 0)
         on conflict (app_id, organization) do update set app_id = excluded.app_id returning ${organizationColumns}`,
        [appId, organization, nowS],
      );
      const [held] = rows.map(toOrganization);
      if (held === undefined) throw new Failure('InternalFailure', { detail: 'An upsert returned no row' });
      return held;
    },

    saveOrganization: (organization) =>
      write(
        updateStatement(
          'organizations',
          { app_id: organization.appId, organization: organization.organization },
          organizationValues(organization),
        ),
      ),

    emit: (event) => write(insertStatement('events', eventValues(event))),

    audit: (entry) => recordAudit(tx, entry),

    remember: (answer) => write(completeStatement(answer)),
  };
}

/** Locks a code, then reads its newest generation: a second statement sees what the lock was waited for. */
function lockStatements(key: CodeKey, scope: Scope): Statement[] {
  const { params, param } = parameters();
  const locked = {
    text: `select ${leasedCodeColumns} from codes c where ${codeCondition(key, scope, param)} for update`,
    params,
  };
  return [
    locked,
    ofCode(
      key,
      (id) => `select ${generationColumns} from generations g
      where g.code_id = ${id} order by g.number desc limit 1`,
    ),
  ];
}

/** A statement about what belongs to a code. @param write given SQL for its `code_id` */
function ofCode(key: CodeKey, write: (codeId: string) => string): Statement {
  const { params, param } = parameters();
  return { text: write(codeIdSql(key, param)), params };
}

function lockedCode(row: LeasedCodeRow | undefined, newest: GenerationRow | undefined) {
  return row && toLeasedCode(row, newest ? toGeneration(newest) : null);
}

/** `a`: attempts. */
const openCancelColumns = `${attemptColumns}, not ${isOver('a.lease_until')} as leased`;

interface OpenCancelRow extends AttemptRow {
  leased: boolean;
}

function toOpenCancel({ leased, ...row }: OpenCancelRow): OpenCancel {
  return { attempt: toAttempt(row), leased };
}

/** One wish to cancel a QR code is open at a time: a second is not inserted. */
function insertCancel(attempt: Attempt, leaseMs: number | undefined): Statement {
  const lease = (param: Param) => inMs(`${param(leaseMs)}::float8`);
  return insertStatement('attempts', attemptValues(attempt), {
    ...(leaseMs !== undefined && { expressions: { lease_until: lease } }),
    suffix: 'on conflict (qr_code_id) where due_at is not null do nothing',
  });
}
