import type { CreateRequest } from '../../contract/ChannelCreateMultiFlowSignQRCode.ts';
import { createReceiver } from '../../notifications/testing/receiver.ts';
import type { Database } from '../../store/database.ts';
import { createRegister, type Register } from '../../store/register.ts';
import { type CreateCommand, createCode } from '../create-code.ts';
import { randomIds } from '../ids.ts';
import type { CodeRecord } from '../ports.ts';
import { type RenewalsPorts, runRenewals } from '../run-renewals.ts';
import { createFakeUpstream } from './fake-upstream.ts';

export const startMs = Date.UTC(2026, 0, 1, 12);
export const startS = startMs / 1000;
export const dayS = 86_400;

export const organization = 'org-a';
export const agent = {
  AppId: 'app',
  ProxyOrganizationOpenId: organization,
  ProxyOperator: { OpenId: 'operator-a' },
};

export function createRequest(changes: Partial<CreateRequest> = {}): CreateRequest {
  return { Agent: agent, TemplateId: 'template-a', FlowName: '入职合同', MaxFlowNum: 10, ...changes };
}

/** Of another organisation. */
export function requestOf(organizationId: string, changes: Partial<CreateRequest> = {}): CreateRequest {
  return createRequest({ Agent: { ...agent, ProxyOrganizationOpenId: organizationId }, ...changes });
}

/** The register on a real database, an upstream that can be told to fail, and a clock that only the test moves. */
export function createWorld(db: Database) {
  const clock = { ms: startMs };
  const surroundings = { nowMs: () => clock.ms, ids: randomIds(), random: () => 0.5 };
  const fake = createFakeUpstream({ nowMs: () => clock.ms });
  const register = createRegister(db);
  // Real sealing is the affair of runtime; here it must only be told apart from clear text.
  const seal = {
    seal: (text: string) => `sealed:${Buffer.from(text).toString('base64')}`,
    open: (sealed: string) => Buffer.from(sealed.slice('sealed:'.length), 'base64').toString(),
  };
  const ports = {
    register,
    upstream: fake.upstream,
    surroundings,
    seal,
    actor: 'test',
    callbackBaseUrl: 'https://example.com/callback-handler',
  };
  const deadlineMs = () => clock.ms + 60_000;

  const create = (request: CreateRequest = createRequest(), more: Partial<CreateCommand> = {}) =>
    createCode(ports, { request, actor: 'key:test', ...more }, deadlineMs());

  return {
    db,
    clock,
    ports,
    register,
    fake,
    receiver: createReceiver(db, surroundings, seal),
    passS: (seconds: number) => {
      clock.ms += seconds * 1000;
    },
    create,
    tick: () => runRenewals(ports, { deadlineMs: deadlineMs(), concurrency: 4 }),

    createId: async (...args: Parameters<typeof create>) => (await create(...args)).code.codeId,

    async createMany(count: number): Promise<string[]> {
      const ids: string[] = [];
      for (let i = 0; i < count; i++) ids.push((await create()).code.codeId);
      return ids;
    },

    async record(codeId: string): Promise<CodeRecord> {
      const record = await register.find({ by: 'CodeId', value: codeId }, null);
      if (record === undefined) throw new Error(`no code ${codeId}`);
      return record;
    },

    /** The journal, oldest first. */
    async journal() {
      const { rows } = await db.query<JournalRow>(
        `select attempt_id as "attemptId", code_id as "codeId", kind, state, generation, qr_code_id as "qrCodeId",
           possible_orphan as "possibleOrphan", error_code as "errorCode", due_at is not null as open
         from attempts order by planned_at, kind desc, generation`,
      );
      return rows;
    },

    async events(): Promise<string[]> {
      const { rows } = await db.query<{ type: string }>(
        'select type from events order by occurred_at, event_id',
      );
      return rows.map(({ type }) => type);
    },

    /** As much time passes, by the database's clock, as no lease survives. */
    async leasesRunOut(): Promise<void> {
      await db.query(
        `update codes set lease_until = clock_timestamp() - interval '1 second' where lease_until is not null;
         update attempts set lease_until = clock_timestamp() - interval '1 second' where lease_until is not null`,
      );
    },

    async forgetEverything(): Promise<void> {
      await db.query(
        'truncate codes, generations, attempts, organizations, events, audit, notifications, contracts, notices',
      );
    },
  };
}

export type World = ReturnType<typeof createWorld>;

/** Everything that a process needs to create, cancel and renew. */
export type RunPorts = RenewalsPorts & { register: Register };

interface JournalRow {
  attemptId: string;
  codeId: string | null;
  kind: string;
  state: string;
  generation: number | null;
  qrCodeId: string | null;
  possibleOrphan: boolean;
  errorCode: string | null;
  open: boolean;
}
