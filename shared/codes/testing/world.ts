import type { CreateRequest } from '../../essbasic/ChannelCreateMultiFlowSignQRCode.ts';
import { createReceiver } from '../../notifications/testing/receiver.ts';
import type { Database } from '../../store/postgres/database.ts';
import { createRegister, type Register } from '../../store/testing/register.ts';
import { randomIds } from '../ids.ts';
import { type CreateCommand, createCode } from '../life/create-code.ts';
import type { CodeRecord } from '../reading/ports.ts';
import { type RenewalsPorts, runRenewals } from '../renewal/run-renewals.ts';
import { createFakeUpstream } from './fake-upstream.ts';

export const startMs = Date.UTC(2026, 0, 1, 12);
export const startS = startMs / 1000;
export const dayS = 86_400;

const organization = 'org-a';
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

const tables = [
  'codes',
  'generations',
  'attempts',
  'organizations',
  'events',
  'audit',
  'messages',
  'message_ids',
  'message_bodies',
  'notification_rejections',
  'contracts',
  'notices',
  'daily_uses',
  'batches',
];

/** The register on a real database, an upstream that fails at the word of the test, and a clock that only the test moves. */
export function createWorld(db: Database, clock = { ms: startMs }) {
  const surroundings = {
    nowMs: () => clock.ms,
    ids: randomIds(),
    random: () => 0.5,
    sleep: async (ms: number) => {
      clock.ms += ms;
    },
  };
  const fake = createFakeUpstream({ nowMs: () => clock.ms });
  const register = createRegister(db);
  // The runtime does the real sealing; here a sealed text must only differ from clear text.
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

    /** All codes, with all of their generations. */
    records: () => register.list({}, { scope: null, after: undefined, limit: 1000, generations: 1000 }),

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

    /** Who did something, as the audit trail has it. */
    async audits(action: string): Promise<string[]> {
      const { rows } = await db.query<{ actor: string }>('select actor from audit where action = $1', [
        action,
      ]);
      return rows.map(({ actor }) => actor);
    },

    /** As much time passes, by the database's clock, as no lease survives. */
    async leasesRunOut(): Promise<void> {
      await db.query(
        `update codes set lease_until = clock_timestamp() - interval '1 second' where lease_until is not null;
         update attempts set lease_until = clock_timestamp() - interval '1 second' where lease_until is not null;
         update batch_rows set lease_until = clock_timestamp() - interval '1 second' where lease_until is not null`,
      );
    },

    async forgetEverything(): Promise<void> {
      // Not `truncate`: in PGlite that costs tens of milliseconds for these tables, and this one.
      await db.query(tables.map((table) => `delete from ${table}`).join(';'));
    },
  };
}

export type World = ReturnType<typeof createWorld>;

/** Everything that a process needs to create, cancel and renew. */
export type RunPorts = Omit<RenewalsPorts, 'register'> & { register: Register };

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
