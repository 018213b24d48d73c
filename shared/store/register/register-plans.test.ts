/** What is asked often is answered by an index, whatever the size of the register. */

import { beforeAll, describe, expect, it } from 'vitest';
import { codeEvent } from '../../codes/events.ts';
import { sentCreate } from '../../codes/life/attempt.ts';
import type { ListFilter } from '../../codes/reading/ports.ts';
import { scopeOf } from '../../codes/testing/sample-code.ts';
import type { Scope } from '../../world.ts';
import type { Database, QueryResult } from '../postgres/database.ts';
import { databaseSuite } from '../testing/database-suite.ts';
import { insertManyCodes } from '../testing/many-codes.ts';
import { createRegister } from '../testing/register.ts';

const nowS = 1_767_225_600;

const test = databaseSuite();

beforeAll(async () => {
  await insertManyCodes(test.db, { count: 20_000, organizations: 40, newestS: nowS });
  await test.db.query(
    `insert into attempts (attempt_id, code_id, app_id, organization, operator, generation, kind, state,
       possible_orphan, lease_token, due_at, failures, reason, planned_at, qr_code_id)
     select kind || code_id, code_id, app_id, organization, operator, 1, kind, 'succeeded', false, 0,
       case when code_id like '%77' and kind = 'cancel' then created_at end, 0, '{}', created_at, 'q' || code_id
     from codes, unnest(array['create', 'cancel']) kind`,
  );
  await test.db.query(
    `insert into organizations (app_id, organization, quota_state, since, reason, probe_at, probe_failures)
     select 'app', 'o' || n, case when n = 7 then 'blocked' else 'ok' end, to_timestamp($1), '{}',
       case when n = 7 then to_timestamp($1) end, 0 from generate_series(0, 39) n`,
    [nowS],
  );
  await test.db.query(
    "update codes set held = true where organization = 'o7' and due_at <= to_timestamp($1)",
    [nowS],
  );
  await test.db.query('analyze codes; analyze generations; analyze attempts; analyze organizations');
});

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  Plans?: PlanNode[];
}

/** Every statement that `work` sends, planned and not carried out. Reads are, so that `work` gets on. */
async function plansOf(work: (db: Database) => Promise<unknown>): Promise<PlanNode[]> {
  const plans: PlanNode[] = [];
  async function explain(text: string, params: readonly unknown[] = []): Promise<QueryResult> {
    const { rows } = await test.db.query<{ 'QUERY PLAN': { Plan: PlanNode }[] }>(
      `explain (format json) ${text}`,
      params,
    );
    const plan = rows[0]?.['QUERY PLAN'][0]?.Plan;
    if (plan) plans.push(...nodesOf(plan));
    return /^\s*select/.test(text) ? test.db.query(text, params) : { rows: [], rowCount: 0 };
  }
  const explained: Database = {
    ...test.db,
    // The SQL beside the caller is what knows the shape of a row.
    query: (text, params) => explain(text, params) as ReturnType<Database['query']> as never,
    async defer(text, params) {
      await explain(text, params);
    },
    async batch(statements) {
      const results: QueryResult[] = [];
      for (const { text, params } of statements) results.push(await explain(text, params));
      return results as never;
    },
    transaction: (inner) => inner(explained),
  };
  await work(explained);
  return plans;
}

function nodesOf(plan: PlanNode): PlanNode[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}

const largeTables = ['codes', 'generations', 'attempts'];

function scansOf(nodes: PlanNode[]): string[] {
  return nodes
    .filter((node) => node['Node Type'] === 'Seq Scan' && largeTables.includes(node['Relation Name'] ?? ''))
    .map((node) => `Seq Scan on ${node['Relation Name']}`);
}

function indexesOf(nodes: PlanNode[]): string[] {
  return [...new Set(nodes.flatMap((node) => node['Index Name'] ?? []))];
}

async function expectIndexed(index: string, work: (db: Database) => Promise<unknown>): Promise<void> {
  const nodes = await plansOf(work);
  expect(scansOf(nodes)).toEqual([]);
  expect(indexesOf(nodes)).toContain(index);
}

const list =
  (filter: ListFilter, scope: Scope, after = false) =>
  (db: Database) =>
    createRegister(db).list(filter, {
      scope,
      after: after ? { atMs: (nowS - 10_000) * 1000, id: 'c5' } : undefined,
      limit: 21,
      generations: 5,
    });

describe('a list page', () => {
  it.each<[string, ListFilter, Scope, string]>([
    ['of everything', {}, null, 'codes_newest'],
    ['of one organisation', {}, scopeOf('o3'), 'codes_newest_of_organization'],
    ['of several organisations', {}, scopeOf('o3', 'o4', 'o5'), 'codes_newest_of_organization'],
    ['of a rare state', { state: 'Failed' }, null, 'codes_newest_in_state'],
    ['of what is blocked', { state: 'QuotaBlocked' }, null, 'codes_newest_of_organization'],
    ['of what is active', { state: 'Active' }, scopeOf('o3'), 'codes_newest_of_organization'],
    ['of a template', { templateId: 't9' }, null, 'codes_newest_of_template'],
    ['of a label', { label: 'label-90' }, null, 'codes_labels'],
    ['of an external id', { externalId: 'x90' }, null, 'codes_external_id'],
    ['of what ends soon', { expiringBeforeS: nowS + 60 }, null, 'codes_expires_at'],
    ['of a text', { text: '19876' }, null, 'codes_search'],
  ])('%s is found by index, the first and a later one', async (_, filter, scope, index) => {
    await expectIndexed(index, list(filter, scope));
    await expectIndexed(index, list(filter, scope, true));
  });
});

describe('one code', () => {
  it.each([
    ['CodeId', 'c90', 'codes_pkey'],
    ['Slug', 's90', 'codes_slug'],
    ['QrCodeId', 'q90', 'generations_qr_code_id'],
  ] as const)('is found by its %s', async (by, value, index) => {
    await expectIndexed(index, (db) => createRegister(db).find({ by, value }, scopeOf('o3')));
  });
});

describe('the timer finds by index', () => {
  it.each<[string, string, (db: Database) => Promise<unknown>]>([
    ['what is due', 'codes_due', (db) => createRegister(db).claimDue(nowS, 32, 30_000)],
    [
      'which quota to ask for',
      'codes_due_of_organization',
      (db) => createRegister(db).claimProbes(nowS, nowS + 60, 20, 30_000),
    ],
    ['what to put aside', 'codes_due_of_organization', (db) => createRegister(db).holdBlocked(nowS, 500)],
    ['what to take back', 'codes_held', (db) => createRegister(db).releaseHeld(500)],
    [
      'what has expired',
      'generations_alive',
      (db) =>
        createRegister(db).markExpired(
          nowS + 60,
          500,
          { successorDue: { code: 'Expired' }, noSuccessor: { code: 'Expired' } },
          (code) => codeEvent('code.expired', code, { eventId: code.codeId, occurredAtS: nowS }),
        ),
    ],
    ['what was left behind', 'attempts_open_creates', (db) => createRegister(db).interruptedCreates(500)],
    [
      'what is to be cancelled',
      'attempts_due_cancels',
      (db) => createRegister(db).claimCancels(nowS, 10, 30_000),
    ],
  ])('%s', async (_, index, work) => expectIndexed(index, work));
});

const slot = { action: 'create', intervalUs: 1, horizonUs: 1 };

it('each step of a renewal and of a cancel touches rows by their keys', async () => {
  const lease = { codeId: 'c90', token: '1' };
  const attempt = sentCreate({
    attemptId: 'a',
    codeId: 'c90',
    appId: 'app',
    organization: 'o3',
    operator: 'operator',
    generation: 2,
    leaseToken: '1',
    expiresAtS: nowS,
    plannedAtS: nowS,
  });
  const nodes = await plansOf((db) => {
    const register = createRegister(db);
    return register.transaction(async (tx) => {
      const locked = await tx.lockCode('c90');
      if (locked === undefined) throw new Error('no code');
      await tx.openCreates('c90');
      await register.noteCreate(attempt, { lease, version: 1 }, 1000, slot);
      await tx.insertCancel({ ...attempt, kind: 'cancel', dueAtS: nowS, qrCodeId: 'q90' }, 1000);
      await tx.lockAttempt('a');
      await tx.saveAttempt(attempt);
      if (locked.code.current) await tx.saveGeneration(locked.code.current);
      await tx.saveCode(locked.code, 'release');
      await tx.lockOrganization('app', 'o3');
      await tx.lockToCancel({ by: 'QrCodeId', value: 'q90' }, null);
      await tx.lockCodeOf({ by: 'Slug', value: 's90' }, scopeOf('o3'));
      await tx.beginCancel({ ...attempt, kind: 'cancel', qrCodeId: 'q91' }, 1000);
      await tx.leaseCancel('a', 1000);
      await register.transactionIf({ code: locked.code, lease, attemptId: 'a' }, async () => undefined);
      await register.noteCancel('a', 1000, nowS, slot);
      await register.settleCancel({ attempt, qrCodeId: 'q90', endedAs: 'cancelled' });
      await register.findCancel('a');
      await register.isRegistered('q90');
      await register.release([lease]);
    });
  });
  expect(nodes.length).toBeGreaterThan(12);
  expect(scansOf(nodes)).toEqual([]);
});

it('a plan without an index is noticed', async () => {
  const nodes = await plansOf((db) => db.query("select * from codes where note = 'x'"));
  expect(scansOf(nodes)).toEqual(['Seq Scan on codes']);
});
