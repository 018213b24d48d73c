import type { Attempt } from '../codes/attempt.ts';
import type { Code, Generation } from '../codes/code.ts';
import type { CodeEvent } from '../codes/events.ts';
import type { Organization } from '../codes/organization.ts';
import type { LockedCode, RegisterTransaction, RegisterWrites } from '../codes/ports.ts';
import { Failure } from '../errors.ts';
import { recordAudit } from './audit.ts';
import type { Database } from './database.ts';
import { type LeasedCodeRow, leasedCodeColumns, toLeasedCode } from './leased-codes.ts';
import {
  type AttemptRow,
  attemptColumns,
  attemptValues,
  changingAttemptValues,
  changingCodeValues,
  eventValues,
  fixedCodeValues,
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
import { repeatableTransaction } from './repeatable-transaction.ts';
import { insertRow, updateRow } from './statements.ts';

/** Writing to the register. */
export function registerWrites(db: Database): RegisterWrites {
  return {
    transaction: (work) => repeatableTransaction(db, (tx) => work(registerTransaction(tx))),

    async markCreateSent(attemptId, lease, leaseMs, sentAtS) {
      const { rowCount } = await db.query(
        `with mine as (
           update codes set lease_until = greatest(lease_until, clock_timestamp() + $4 * interval '1 millisecond')
           where code_id = $2 and lease_token = $3::bigint and lease_until > clock_timestamp()
           returning code_id
         )
         update attempts set state = 'sent', sent_at = to_timestamp($5)
         where attempt_id = $1 and state in ('planned', 'sent') and exists (select from mine)`,
        [attemptId, lease.codeId, lease.token, leaseMs, sentAtS],
      );
      return rowCount === 1;
    },

    async markCancelSent(attemptId, leaseMs, sentAtS) {
      const { rowCount } = await db.query(
        `update attempts set state = 'sent', sent_at = to_timestamp($3),
           lease_until = clock_timestamp() + $2 * interval '1 millisecond'
         where attempt_id = $1 and due_at is not null`,
        [attemptId, leaseMs, sentAtS],
      );
      return rowCount === 1;
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
  async function generations(condition: string, params: unknown[]): Promise<Generation[]> {
    const { rows } = await tx.query<GenerationRow>(
      `select ${generationColumns} from generations g where ${condition}`,
      params,
    );
    return rows.map(toGeneration);
  }

  async function attempts(condition: string, params: unknown[]): Promise<Attempt[]> {
    const { rows } = await tx.query<AttemptRow>(
      `select ${attemptColumns} from attempts a where ${condition}`,
      params,
    );
    return rows.map(toAttempt);
  }

  return {
    async lockCode(codeId): Promise<LockedCode | undefined> {
      const { rows } = await tx.query<LeasedCodeRow>(
        `select ${leasedCodeColumns} from codes c where c.code_id = $1 for update`,
        [codeId],
      );
      if (rows[0] === undefined) return undefined;
      const [current] = await generations('g.code_id = $1 order by g.number desc limit 1', [codeId]);
      return toLeasedCode(rows[0], current ?? null);
    },

    async insertCode(code: Code, leaseMs: number) {
      const token = '1';
      await insertRow(tx, 'codes', {
        ...fixedCodeValues(code),
        ...changingCodeValues(code),
        lease_token: token,
      });
      await tx.query(
        `update codes set lease_until = clock_timestamp() + $2 * interval '1 millisecond' where code_id = $1`,
        [code.codeId, leaseMs],
      );
      return { codeId: code.codeId, token };
    },

    async saveCode(code, lease) {
      await updateRow(tx, 'codes', { code_id: code.codeId }, changingCodeValues(code), leaseChanges[lease]);
    },

    async deleteCode(codeId) {
      await tx.query('delete from codes where code_id = $1', [codeId]);
    },

    async insertGeneration(generation) {
      await insertRow(tx, 'generations', generationValues(generation));
    },

    async saveGeneration({ codeId, number, state }) {
      await updateRow(tx, 'generations', { code_id: codeId, number }, { state });
    },

    async lockGeneration(qrCodeId) {
      return (await generations('g.qr_code_id = $1 for update', [qrCodeId]))[0];
    },

    livingGenerations: (codeId) =>
      generations("g.code_id = $1 and g.state in ('live', 'superseded') order by g.number", [codeId]),

    async insertAttempt(attempt, leaseMs) {
      const rowCount = await insertRow(
        tx,
        'attempts',
        attemptValues(attempt),
        attempt.kind === 'cancel' ? 'on conflict (qr_code_id) where due_at is not null do nothing' : '',
      );
      if (rowCount === 1 && leaseMs !== undefined) await leaseAttempt(tx, attempt.attemptId, leaseMs);
      return rowCount === 1;
    },

    async lockAttempt(attemptId) {
      return (await attempts('a.attempt_id = $1 for update', [attemptId]))[0];
    },

    async saveAttempt(attempt) {
      const key = { attempt_id: attempt.attemptId };
      await updateRow(tx, 'attempts', key, changingAttemptValues(attempt), ['lease_until = null']);
    },

    openCreates: (codeId) =>
      attempts("a.code_id = $1 and a.kind = 'create' and a.state in ('planned', 'sent')", [codeId]),

    openCancels: (codeId) =>
      attempts("a.code_id = $1 and a.kind = 'cancel' and a.due_at is not null for update", [codeId]),

    async clearOrphan(codeId, qrCodeId) {
      await tx.query(
        `update attempts set possible_orphan = false
         where code_id = $1 and qr_code_id = $2 and kind = 'create' and possible_orphan`,
        [codeId, qrCodeId],
      );
    },

    async lockOrganization(appId, organization) {
      const { rows } = await tx.query<OrganizationRow>(
        `select ${organizationColumns} from organizations o
         where o.app_id = $1 and o.organization = $2 for update`,
        [appId, organization],
      );
      return rows.map(toOrganization)[0];
    },

    async holdOrganization(appId, organization, nowS) {
      // The update that changes nothing locks the row and returns it, whoever has inserted it meanwhile.
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

    async saveOrganization(organization: Organization) {
      const key = { app_id: organization.appId, organization: organization.organization };
      await updateRow(tx, 'organizations', key, organizationValues(organization));
    },

    async emit(event: CodeEvent) {
      await insertRow(tx, 'events', eventValues(event));
    },

    audit: (entry) => recordAudit(tx, entry),
  };
}

async function leaseAttempt(tx: Database, attemptId: string, leaseMs: number): Promise<void> {
  await tx.query(
    `update attempts set lease_until = clock_timestamp() + $2 * interval '1 millisecond' where attempt_id = $1`,
    [attemptId, leaseMs],
  );
}
