import type { Attempt } from '../../codes/life/attempt.ts';
import type { GenerationTransaction } from '../../codes/ports.ts';
import { Failure } from '../../errors.ts';
import { recordAudit } from '../access/audit.ts';
import { completeStatement } from '../access/idempotency-records.ts';
import type { Database, Statement } from '../postgres/database.ts';
import { inMs } from '../postgres/leases.ts';
import { defer, insertStatement, type Param, updateStatement } from '../postgres/statements.ts';
import { eventValues } from './events.ts';
import { type LockedRows, lockStatements, toLocked } from './leased-codes.ts';
import {
  type AttemptRow,
  attemptColumns,
  attemptValues,
  changingAttemptValues,
  changingCodeValues,
  generationValues,
  type OrganizationRow,
  organizationColumns,
  organizationValues,
  toAttempt,
  toOrganization,
} from './register-rows.ts';

const leaseChanges = {
  keep: [],
  release: ['lease_until = null'],
  revoke: ['lease_until = null', 'lease_token = lease_token + 1'],
} as const;

/** What is written in one transaction where a generation is made, or was to be. */
export function generationTransaction(tx: Database): GenerationTransaction {
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
      const id = (param: Param) => param(codeId);
      const rows = await tx.batch<LockedRows>(lockStatements((param) => `c.code_id = ${id(param)}`, id));
      return toLocked(rows);
    },

    saveCode: (code, lease) =>
      write(
        updateStatement('codes', { code_id: code.codeId }, changingCodeValues(code), leaseChanges[lease]),
      ),

    deleteCode: (codeId) => write({ text: 'delete from codes where code_id = $1', params: [codeId] }),

    insertGeneration: (generation) => write(insertStatement('generations', generationValues(generation))),

    saveGeneration: ({ codeId, number, state }) =>
      write(updateStatement('generations', { code_id: codeId, number }, { state })),

    insertCancel: (attempt, leaseMs) => write(insertCancel(attempt, leaseMs)),

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

/** One wish to cancel a QR code is open at a time: a second is not inserted. */
export function insertCancel(attempt: Attempt, leaseMs: number | undefined): Statement {
  const lease = (param: Param) => inMs(`${param(leaseMs)}::float8`);
  return insertStatement('attempts', attemptValues(attempt), {
    ...(leaseMs !== undefined && { expressions: { lease_until: lease } }),
    suffix: 'on conflict (qr_code_id) where due_at is not null do nothing',
  });
}
