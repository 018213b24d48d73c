/**
 * A hundred thousand requests over all actions, or a hundredth of them: whatever JSON can carry, and what is no JSON.
 * None is our fault, and what is accepted comes back, and has gone upstream, letter for letter.
 */
import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { requestProblems, requireContract } from '../docs/testing/contract-check.ts';
import { createEmulator, type Emulator } from '../local/essbasic/create-emulator.ts';
import { mintApiKey } from '../shared/runtime/http/api-keys.ts';
import { migrate } from '../shared/store/migrations/migrate.ts';
import { openPgDatabase } from '../shared/store/postgres/pg-database.ts';
import { insertContract } from '../shared/store/testing/insert-contract.ts';
import { startWire, type Wire } from '../shared/store/testing/wire.ts';
import { allCases, seed } from '../shared/testing/cases.ts';
import { languageOf } from '../shared/text.ts';
import type { ActionHandler } from './action.ts';
import { stubActionEnvironment } from './testing/action-environment.ts';
import { acceptedCalls } from './testing/requests/examine-accepted.ts';
import { examineProblem } from './testing/requests/examine-problem.ts';
import { fitting, known, knownFlowId, type Made, type Owner } from './testing/requests/known-members.ts';
import { bodyOf, mutatedTexts, oddEncodings, oddHeaders, textOf } from './testing/requests/odd-requests.ts';
import { rightRequests } from './testing/requests/right-requests.ts';

/** The long run is for a night: QIANMA_TEST_REQUESTS=100000. */
const requests = Number(process.env['QIANMA_TEST_REQUESTS'] ?? (allCases ? 10_000 : 1_000));
const names = readdirSync('functions').filter((name) => /^[A-Z]/.test(name));
const casesOfEach = Math.ceil(requests / names.length);

const { key, hash } = mintApiKey();
const made: Made = {
  owners: [],
  codes: [],
  subscriptions: [],
  batches: [],
  keys: [],
  organizations: new Map(),
};
let wire: Wire;
let emulator: Emulator;

beforeAll(async () => {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  wire = await startWire();
  emulator = createEmulator({ requestsPerSecond: Number.POSITIVE_INFINITY });
  made.owners = strangeOwners();
  const { url } = await emulator.listen();
  const db = openPgDatabase(wire.url);
  await migrate(db);
  await insertContract(db, { flowId: knownFlowId, codeId: 'gone' });
  await db.close();
  stubActionEnvironment(
    { databaseUrl: wire.url, url, appId: made.owners[0]?.AppId ?? '' },
    { API_KEY_HASH: hash, CORS_ORIGINS: 'https://app.example' },
  );
});
afterAll(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await emulator.close();
  await wire.dispose();
});

/** The example's organisation, and copies of it whose ids are as odd as ids may be. */
function strangeOwners(): Owner[] {
  const [organisation] = emulator.organisations.list();
  const [owned] = emulator.templates.list();
  const RecipientId = owned?.template.Recipients?.find(
    ({ RecipientType }) => RecipientType === 'INDIVIDUAL',
  )?.RecipientId;
  const [operator] = organisation?.operators ?? [];
  if (!organisation || !owned || !operator || !RecipientId) throw new Error('The emulator has no example');
  const { AppId } = organisation;
  const example = { AppId, ProxyOrganizationOpenId: organisation.ProxyOrganizationOpenId, RecipientId };
  const owners: Owner[] = [
    { ...example, OpenId: operator.OpenId, TemplateId: owned.template.TemplateId },
    ...['企业 "一"', "'; --", 'e\u0301\u200b𠮷', 'a/b?c#d%00&e', '\n\t\u0001', '字'.repeat(64)].map((id) => ({
      ...{ AppId, RecipientId, ProxyOrganizationOpenId: id, OpenId: id, TemplateId: id },
    })),
  ];
  for (const { ProxyOrganizationOpenId, OpenId, TemplateId } of owners.slice(1)) {
    const operators = [{ ...operator, OpenId }];
    emulator.organisations.put({ ...organisation, ProxyOrganizationOpenId, operators });
    emulator.templates.put({
      ...owned,
      ProxyOrganizationOpenId,
      template: { ...owned.template, TemplateId },
    });
  }
  return owners;
}

const context = { request_id: 'test', getRemainingTimeInMillis: () => 60_000 };

async function handlerOf(name: string): Promise<ActionHandler> {
  const { main_handler } = await import(`./${name}/index.ts`);
  return main_handler;
}

interface Sent {
  headers?: Record<string, unknown>;
  body: string;
  isBase64Encoded?: boolean;
}

/** Sends it, and examines what any answer must be. */
async function answerTo(name: string, { headers = {}, ...rest }: Sent) {
  const event = {
    httpMethod: 'POST',
    path: `/${name}`,
    queryString: {},
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}`, ...headers },
    ...rest,
  };
  const response = await (await handlerOf(name))(event, context);
  const status = response.statusCode;
  expect(status, response.body).toBeLessThan(500);
  for (const value of Object.values(response.headers)) expect(value).toMatch(/^[\t\x20-\x7e]*$/);
  const answer: Record<string, unknown> = JSON.parse(response.body);
  requireContract(name, status, answer);
  const accepted = headers['accept-language'];
  const language = languageOf(typeof accepted === 'string' ? accepted : undefined);
  if (status === 200) expect(answer['RequestId']).toBe(response.headers['X-Request-Id']);
  else examineProblem(answer, { status, language, headers: response.headers });
  return { status, answer };
}

async function call(name: string, body: object): Promise<Record<string, unknown>> {
  const { status, answer } = await answerTo(name, { body: JSON.stringify(body) });
  expect([status, answer]).toEqual([200, answer]);
  return answer;
}

const examinations = acceptedCalls({ emulator: () => emulator, made, call });

/** Sends a request; what is accepted is examined. An accepted body is JSON of the form that its action takes. */
async function exchange(name: string, text: string, sent: Sent): Promise<number> {
  const { status, answer } = await answerTo(name, sent);
  if (status !== 200) return status;
  const body = JSON.parse(text, (_, value: unknown) => (value === 0 ? 0 : value)); // -0 is no other number than 0
  expect(requestProblems(name, body)).toEqual([]);
  await examinations[name]?.(body as never, answer as never);
  return status;
}

async function rightOnes(name: string) {
  const { definition } = await handlerOf(name);
  return fc
    .tuple(rightRequests(definition.request, known), fc.nat())
    .map(([body, lot]) => fitting[name]?.(body, made, lot) ?? body);
}

/** Until there are twenty of them. */
async function makeSome(name: string, list: readonly unknown[]): Promise<void> {
  for (const body of fc.sample(await rightOnes(name), { numRuns: 60, seed: seed + list.length })) {
    if (list.length >= 20) return;
    await exchange(name, textOf(body), { body: textOf(body) });
  }
}

const languages = fc.constantFrom('zh-CN,zh;q=0.9,en;q=0.8', 'en-GB', 'zh', 'de', 'zh;q=0, en;q=x', '\u0000');

/** One right request to three in which something is otherwise, so many of all of them. */
function kindsOf(right: fc.Arbitrary<Record<string, unknown>>, count: number) {
  const asItShould = { headers: fc.constant({}), encoding: fc.constant('text' as const) };
  const otherwise = { headers: oddHeaders, encoding: oddEncodings };
  const rights = Math.ceil(count / 4);
  return [
    { kind: 'right', some: fc.record({ text: right.map(textOf), ...asItShould }), count: rights },
    {
      kind: 'odd',
      some: fc.record({ text: right.chain(mutatedTexts), ...otherwise }),
      count: count - rights,
    },
  ] as const;
}

/** What a create has told upstream, beyond the limits of one generation. */
function toldUpstream(QrCodeId = '') {
  const { callbackUrl, ...code } = emulator.codes.get(QrCodeId) ?? expect.fail('there is no successor');
  const { FlowName, QrCodeName, TemplateId, ProxyOrganizationOpenId, restrictions } = code;
  // Ours names the generation.
  const own = callbackUrl?.startsWith('http://127.0.0.1:9000/') ? undefined : callbackUrl;
  return { FlowName, QrCodeName, TemplateId, ProxyOrganizationOpenId, restrictions, own };
}

describe(`${requests} requests`, () => {
  beforeEach(async () => {
    await makeSome('ChannelCreateMultiFlowSignQRCode', made.codes);
    await makeSome('CreateEventSubscription', made.subscriptions);
  });

  /** How many of each kind were sent, to all actions, and how many were answered as most of that kind are. */
  const sums = { right: { sent: 0, asMost: 0 }, odd: { sent: 0, asMost: 0 } };

  it.each(names)('of %s are answered, and kept as they are', async (name) => {
    for (const { kind, some, count } of kindsOf(await rightOnes(name), casesOfEach)) {
      const statuses: number[] = [];
      await fc.assert(
        fc.asyncProperty(some, languages, async ({ text, headers, encoding }, language) => {
          const sent = { headers: { 'accept-language': language, ...headers }, ...bodyOf(text, encoding) };
          statuses.push(await exchange(name, text, sent));
          // Of what a test has deleted there must always be more.
          if (made.subscriptions.length < 10) await makeSome('CreateEventSubscription', made.subscriptions);
        }),
        { numRuns: count, seed: seed + names.indexOf(name) },
      );
      const asMost = statuses.filter((status) => status === (kind === 'right' ? 200 : 400)).length;
      // Of the few of an action that `npm test` sends, any share comes for some seed: there all actions are judged together.
      const atLeast = kind === 'right' ? count / 2 : casesOfEach / 4;
      expect(asMost, kind).toBeGreaterThan(allCases ? atLeast : 0);
      sums[kind].sent += statuses.length;
      sums[kind].asMost += asMost;
    }
  });

  it('are what they are made for: most of the right ones are accepted, a good part of the others is refused', () => {
    expect(sums.right.asMost).toBeGreaterThanOrEqual(sums.right.sent / 2);
    expect(sums.odd.asMost).toBeGreaterThanOrEqual(sums.odd.sent / 3);
  });

  it('may name the last time that a date can be of, and no later one', async () => {
    const asked = (ExpiringBefore: number) =>
      answerTo('DescribeMultiFlowSignQRCodes', { body: JSON.stringify({ ExpiringBefore }) });
    expect(await asked(8.64e12)).toMatchObject({ status: 200 });
    const refused = { status: 400, answer: { errors: [{ path: 'ExpiringBefore' }] } };
    expect(await asked(8.64e12 + 1)).toMatchObject(refused);
    expect(await asked(Number.MAX_SAFE_INTEGER)).toMatchObject(refused);
  });

  it('are repeated letter for letter for the successors of their codes', async () => {
    const name = 'ChannelCreateMultiFlowSignQRCode';
    const before = made.codes.length;
    for (const body of fc.sample(await rightOnes(name), { numRuns: 20, seed })) {
      const text = textOf({ ...body, DryRun: false, RenewalPolicy: {} });
      expect(await exchange(name, text, { body: text })).toBe(200);
    }
    const codes = made.codes.slice(before);
    for (const { CodeId, Version } of codes)
      await call('ModifyMultiFlowSignQRCode', { CodeId, Version, Operation: 'RenewNow' });
    const { main_handler } = await import('./renew-expired-codes/index.ts');
    const tick = { Type: 'Timer', TriggerName: 'test', Time: new Date().toISOString(), Message: '' };
    await main_handler(tick, context);
    for (const { CodeId, QrCodeId } of codes) {
      const { Codes } = await call('DescribeMultiFlowSignQRCodes', { CodeId });
      const [{ Generations }] = Codes as [{ Generations: { QrCodeId: string }[] }]; // of one code
      const [successor] = Generations.map((one) => one.QrCodeId).filter((id) => id !== QrCodeId);
      expect(toldUpstream(successor)).toEqual(toldUpstream(QrCodeId));
    }
  });
});
