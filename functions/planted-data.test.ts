/**
 * A life in which every text that comes from outside names somebody: where they are found afterwards, in whatever encoding, and
 * why they may be there. Anywhere else it is a leak. `npm run test:full` lives the whole of it.
 */
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { personalData } from '../docs/personal-data/data-table.ts';
import { type Platform, startPlatform } from '../local/start/testing/platform.ts';
import { type Receiver, startReceiver } from '../shared/delivery/testing/receiver.ts';
import { allCases } from '../shared/testing/cases.ts';
import { callbackSecrets } from './testing/notifying.ts';
import { type Giving, givingTo } from './testing/planted/giving.ts';
import { flowId, lifeOf, type Made } from './testing/planted/life.ts';
import { answersToOthers, columnTexts } from './testing/planted/look.ts';
import { planting } from './testing/planted/people.ts';
import { good } from './testing/platform-suite.ts';

const codes = ['answer: codes', 'answer: one code'];
const gate = ['answer: file of the page', 'answer: page at the gate'];
const agents = ['answer: agent: codes'];

/** Who may be found where, and why. */
const allowed: Readonly<Record<string, { why: string; where: string[] }>> = {
  'name of the contracts': {
    why: 'a user has called the contracts so',
    where: [...codes, ...agents, 'codes.flow_name', 'codes.request', 'codes.search_text'],
  },
  'name on the poster': {
    why: 'a user has called the gate so, for all who stand before it and for subscribers',
    where: [
      ...[
        ...codes,
        ...agents,
        ...gate,
        'answer: agent: code',
        'answer: contracts',
        'answer: events',
        'posts',
      ],
      ...['codes.qr_code_name', 'codes.request', 'codes.search_text', 'events.data'],
    ],
  },
  'external id': {
    why: 'the id that the code has in the system of a user, who is told of it',
    where: [
      ...[...codes, ...agents, 'answer: contracts', 'answer: events', 'posts'],
      ...['codes.external_id', 'codes.search_text', 'events.data'],
    ],
  },
  label: {
    why: 'a user finds codes by it',
    where: [...codes, ...agents, 'codes.labels', 'codes.search_text'],
  },
  note: { why: 'a user has noted it at the code', where: [...codes, 'codes.note', 'codes.search_text'] },
  'idempotency key': {
    why: 'the caller chose it; a request is known again by it for a day',
    where: ['idempotency_records.idempotency_key'],
  },
  contact: {
    why: 'whom those may ask who stand at a gate',
    where: ['answer: organisations', ...gate, 'organization_settings.contact_zh'],
  },
  'name of a key': { why: 'keys are told apart by it', where: ['answer: keys', 'api_keys.name'] },
  'subscription: note': {
    why: 'subscriptions are told apart by it',
    where: ['answer: subscriptions', 'event_subscriptions.note'],
  },
};

const plants = planting();
let platform: Platform;
let db: pg.Client;
let receiver: Receiver;
let giving: Giving;
let life: ReturnType<typeof lifeOf>;
let code: Made;

beforeAll(async () => {
  platform = await startPlatform({ ...callbackSecrets, ESS_CALLBACK_PLAINTEXT: 'accept' });
  db = new pg.Client(platform.databaseUrl);
  [receiver] = await Promise.all([startReceiver(), db.connect()]);
  giving = givingTo(platform, plants);
  life = lifeOf(platform, giving, plants, db, receiver.url);
});
afterAll(async () => {
  receiver?.close();
  await db?.end();
  await platform?.close();
});

/** Who is found where now, after others have looked at all there is to be seen. */
async function found(batchId?: string): Promise<{ where: Record<string, string[]>; places: string[] }> {
  const viewer = await giving.viewer(good.Agent.ProxyOrganizationOpenId);
  const others = await answersToOthers(giving, { viewer, code, batchId });
  const posts = receiver.received.map(({ body, headers }) => JSON.stringify({ body, headers }));
  const places = new Map([
    ...(await columnTexts(db)),
    ...[...others].map(([name, answer]): [string, string] => [`answer: ${name}`, answer]),
    ['log', platform.lines.join('\n')],
    ...(posts.length > 0 ? [['posts', posts.join('\n')] as const] : []),
  ]);
  return { where: plants.foundIn(places), places: [...places.keys()] };
}

it('personal data is where it was meant to be, and in no other column, log line, answer or post', async () => {
  if (allCases) {
    await life.misuseAll();
    await life.subscribe();
  }
  code = await life.makeCode();
  await life.makeNone();
  await life.hear(code);
  await life.turnAway();
  await life.failInDatabase();
  let batchId: string | undefined;
  if (allCases) {
    await life.administer();
    batchId = await life.makeBatch();
    await life.run('renew-expired-codes');
    await life.pause(code);
    await life.run('deliver-events');
  }

  const { where, places } = await found(batchId);
  const expected = Object.entries(allowed)
    .filter(([plant]) => plants.names().includes(plant))
    .map(([plant, { where: all }]) => [plant, all.filter((one) => places.includes(one)).sort()]);
  expect(where).toEqual(Object.fromEntries(expected));
  // What is found in a column is said to lie there in clear.
  const columns = Object.values(where).flatMap((all) =>
    all.filter((place) => /^[a-z_]+\.[a-z_]+$/.test(place)),
  );
  const clear = personalData.flatMap((datum) => (typeof datum.guard === 'object' ? datum.columns : []));
  expect(columns.filter((column) => !clear.includes(column))).toEqual([]);
  // There was something to be searched.
  expect(places).toEqual(expect.arrayContaining(['codes.sealed', 'message_bodies.body', 'log']));
  expect(platform.lines.join('\n')).toContain('"code":"InternalFailure"');
  if (allCases)
    expect(places).toEqual(expect.arrayContaining(['batch_rows.sealed', 'batch_rows.error_text']));
  if (allCases) expect(expected.map(([plant]) => plant)).toEqual(Object.keys(allowed));
  if (allCases) expect(receiver.received.length).toBeGreaterThan(3);
});

it.runIf(allCases)(
  'a contract that is forgotten leaves its id where it is known again, and nowhere else',
  async () => {
    const isNamed = ([, text]: [string, string]) => text.includes(flowId);
    expect([...(await columnTexts(db))].filter(isNamed).map(([column]) => column)).toContain(
      'messages.flow_id',
    );
    await giving.done('ForgetContract', { FlowId: flowId });
    const left = [...(await columnTexts(db))].filter(isNamed).map(([column]) => column);
    expect(left.sort()).toEqual(['audit.subject', 'contracts.flow_id']);
    const { rows } = await db.query(
      `select 1 from messages n left join message_bodies b using (received_at, notification_id)
       where coalesce(n.body, b.body) is not null and msg_id ~ '-(clear|encrypted)$'`,
    );
    expect(rows).toEqual([]);
  },
);

it.runIf(allCases)(
  'nothing is left of signers when their code is cancelled and the times of keeping are over',
  async () => {
    await giving.done('ChannelCancelMultiFlowSignQRCode', { CodeId: code.codeId, Agent: good.Agent });
    const sealed = 'select 1 from codes where code_id = $1 and sealed is not null';
    expect((await db.query(sealed, [code.codeId])).rows).toEqual([]);
    await db.query("update batch_rows set due_at = now() - interval '1 minute' where state = 'waiting'");
    await life.run('work-off-batches');
    expect((await db.query('select 1 from batch_rows where sealed is not null')).rows).toEqual([]);
    await db.query('update messages set due_at = null');
    for (const table of ['messages', 'message_ids', 'message_bodies'])
      await db.query(`update ${table} set received_at = received_at - interval '32 days'`);
    await life.run('prune-records');
    const columns = await columnTexts(db);
    expect(columns.get('message_bodies.body') ?? columns.get('messages.body')).toBeUndefined();
    expect(columns.get('message_bodies.content_signature')).toBeUndefined();
    expect(columns.get('messages.msg_id')).toContain('BrandNewType-clear');
  },
);
