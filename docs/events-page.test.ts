/** `docs/events.md`, in both languages, says what the code does: types, members, ladder, failures, limits. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cancelCode } from '../shared/codes/life/cancel-code.ts';
import { type ModifyCommand, modifyCode } from '../shared/codes/life/modify-code.ts';
import { createWorld, dayS, type World } from '../shared/codes/testing/world.ts';
import { alarmTypes, eventTypes, testType } from '../shared/delivery/event-types.ts';
import { attemptErrors } from '../shared/delivery/sending/attempt-errors.ts';
import { composeMessage } from '../shared/delivery/sending/compose-message.ts';
import { disabledAfterS, ladderS, mostRetryAfterS, paceS } from '../shared/delivery/sending/ladder.ts';
import { sendTimeoutMs } from '../shared/delivery/sending/send.ts';
import { sendTest } from '../shared/delivery/subscriptions/send-test.ts';
import { subscriptionKinds } from '../shared/delivery/subscriptions/subscription.ts';
import { rotationGraceS } from '../shared/delivery/subscriptions/subscription-secrets.ts';
import { createWorld as createDeliveryWorld } from '../shared/delivery/testing/world.ts';
import { upstreamId } from '../shared/notifications/testing/messages.ts';
import { codeOf } from '../shared/notifications/testing/seen.ts';
import { type TestDatabase, testDatabase } from '../shared/store/testing/database.ts';

interface Sent {
  type: string;
  data: Readonly<Record<string, unknown>>;
}

let test: TestDatabase;
/** One of each type at least, as it is sent. */
let sent: Sent[];

beforeAll(async () => {
  test = await testDatabase();
  const world = createWorld(test.db);
  await liveThroughEverything(world);
  const deliveries = createDeliveryWorld(test.db);
  const { SubscriptionId: subscriptionId } = await deliveries.subscribe('https://127.0.0.1:1/hook');
  await sendTest(deliveries.ports, { ...deliveries.admin, subscriptionId });
  const { rows } = await test.db.query<{ type: string; organization: string; data: string }>(
    'select type, organization, data from events',
  );
  const receiver = {
    kind: 'standard-webhooks',
    languages: [],
    endpoint: { url: 'https://example.com/', secrets: [] },
  } as const;
  sent = rows.map(({ data, ...event }) => {
    const outgoing = {
      ...event,
      data: JSON.parse(data),
      eventId: '',
      appId: '',
      codeId: null,
      occurredAtMs: 0,
    };
    return JSON.parse(composeMessage(outgoing, receiver, 0).body) as Sent; // what has just been written
  });
});

afterAll(() => test.dispose());

/** A story in which every event happens. */
async function liveThroughEverything(world: World) {
  const { receiver } = world;
  const change = async (codeId: string, changes: Partial<ModifyCommand>) => {
    const { version } = (await world.record(codeId)).code;
    const key = { by: 'CodeId', value: codeId } as const;
    await modifyCode(world.ports, { key, scope: null, version, actor: 'key:test', ...changes });
  };
  const nowS = () => world.clock.ms / 1000;

  const { codeId, qrCodeId, route } = await codeOf(world); // code.created
  world.fake.faults.push('lost-answer');
  await world.create().catch(() => undefined); // code.outcome_unknown, once its lease is over
  await world.leasesRunOut();
  await world.tick();

  await receiver.charge(qrCodeId, 10); // code.usage_threshold, code.exhausted
  await world.tick(); // code.renewed
  for (const operation of ['Pause', 'Resume'] as const) await change(codeId, { operation });
  await receiver.notify('TemplateDelete', { TemplateId: 'template-a', CreateTime: nowS() });
  world.passS(60);
  await receiver.notify('TemplateAvailable', { TemplateId: 'template-a', Available: 1, CreateTime: nowS() });
  await receiver.notify('CreateFlowByQrCode', { QrCodeId: qrCodeId, OccurTime: nowS() }); // quota.exhausted
  world.passS(60);
  await receiver.charge(qrCodeId); // quota.restored

  const flow = (FlowCallbackStatus: number, FlowId: string) =>
    receiver.notify('FlowStatusChange', { FlowId, FlowCallbackStatus, OccurTime: nowS() }, { route });
  await flow(4, upstreamId('yDFl')); // contract.started, contract.completed
  await flow(3, upstreamId('yDFl')); // contract.ended

  const { codeId: refused } = await codeOf(world);
  await change(refused, { operation: 'RenewNow' });
  world.fake.faults.push({ refuse: 'ResourceNotFound.Template' });
  await world.tick(); // code.renewal_failed

  const { codeId: ending } = await codeOf(world);
  await change(ending, { policy: { Enabled: false } });
  world.passS(6.5 * dayS);
  await world.tick(); // code.expiring
  world.passS(dayS);
  await world.tick(); // code.expired

  const { codeId: ended } = await codeOf(world);
  const key = { by: 'CodeId', value: ended } as const;
  await cancelCode(world.ports, { key, scope: null, actor: 'key:test' }, world.clock.ms + 9000); // code.cancelled
}

const languages = {
  'docs/events.md': {
    alarm: 'alarm',
    language: 'en',
    units: { s: 1, min: 60, h: 3600 },
    limits: [
      'within 10 seconds',
      'up to an hour',
      'After five days of nothing but failures',
      'pauses of 5 s, 10 s, 30 s, 1, 2 and then 5 minutes',
      'a day unless given, a week at most',
    ],
  },
  'docs/events.zh-CN.md': {
    alarm: '告警',
    language: 'zh',
    units: { 秒: 1, 分钟: 60, 小时: 3600 },
    limits: [
      '10 秒内',
      '最长一小时',
      '连续五天全部失败',
      '5 秒、10 秒、30 秒、1、2、5 分钟',
      '默认一天，最多一周',
    ],
  },
} as const;

it('is told from limits that have not changed', () => {
  expect(sendTimeoutMs).toBe(10_000);
  expect(mostRetryAfterS).toBe(3600);
  expect(disabledAfterS).toBe(5 * dayS);
  expect(paceS).toEqual([0, 5, 10, 30, 60, 120, 300]);
  expect(rotationGraceS).toEqual({ default: dayS, max: 7 * dayS });
});

describe.each(Object.entries(languages))('%s', (path, { alarm, language, units, limits }) => {
  const text = readFileSync(path, 'utf8');
  const examples = [...text.matchAll(/^### `([\w.]+)`(.*)\n\n(.+)\n\n```json\n(.+)\n```/gm)].map(
    ([, type = '', mark = '', meaning = '', json = '']) => ({
      type,
      mark,
      meaning,
      event: JSON.parse(json) as Sent, // checked below
    }),
  );
  const rows = [...text.matchAll(/^\| `(\w+)` +\| (.+?) +\|$/gm)];

  it('has each type once, with an example of it, and marks the alarms', () => {
    expect(examples.map(({ type }) => type)).toEqual([...eventTypes, testType]);
    for (const { type, mark, meaning, event } of examples) {
      expect(event).toMatchObject({ type, timestamp: expect.any(String) });
      expect(mark.includes(alarm), type).toBe((alarmTypes as readonly unknown[]).includes(type)); // widened: any text may be asked about
      expect(meaning).toMatch(language === 'en' ? /[a-z]{3}/ : /[一-龥]{2}/);
    }
  });

  it('shows each type with the members that it is sent with', () => {
    const kinds = ({ data }: Sent) =>
      Object.entries(data)
        .map(([member, value]) => `${member}: ${value === null ? 'null' : typeof value}`)
        .sort();
    const names = ({ data }: Sent) => Object.keys(data).sort();
    for (const { type, event } of examples) {
      const real = sent.filter((one) => one.type === type);
      expect(real.length, `${type} in the story`).toBeGreaterThan(0);
      for (const one of real) expect(names(one), type).toEqual(names(event));
      const seen = new Set(real.flatMap(kinds));
      // Names are null in the story and given in the example: both are of the type.
      const shown = kinds(event).filter((kind) => !/^(ExternalId|QrCodeName)/.test(kind));
      expect(
        shown.filter((kind) => !seen.has(kind)),
        type,
      ).toEqual([]);
    }
  });

  it('explains every member, and no other', () => {
    const members = new Set(sent.flatMap(({ data }) => Object.keys(data)));
    members.delete('OrganizationOpenId');
    const [, table = ''] = text.split('`OrganizationOpenId`');
    const [explained = ''] = table.split('\n### ');
    expect([...explained.matchAll(/^\| `(\w+)`/gm)].map(([, member]) => member).sort()).toEqual(
      [...members].sort(),
    );
  });

  it('has the ladder', () => {
    const unit: Readonly<Record<string, number>> = units;
    const names = Object.keys(units).join('|');
    const steps = [
      ...text.matchAll(
        new RegExp(`^\\| (\\d+) +\\| (\\d+) (${names}) +\\| ([\\d.]+) (${names}) +\\|$`, 'gm'),
      ),
    ];
    let sumS = 0;
    expect(steps).toHaveLength(ladderS.length);
    for (const [index, [, number, pause, pauseUnit = '', total, totalUnit = '']] of steps.entries()) {
      const pauseS = ladderS[index] ?? Number.NaN;
      sumS += pauseS;
      expect([Number(number), Number(pause) * (unit[pauseUnit] ?? 0)]).toEqual([index + 1, pauseS]);
      const shownS = Number(total) * (unit[totalUnit] ?? 0);
      expect(Math.abs(shownS - sumS) / sumS).toBeLessThan(0.1);
    }
  });

  it('has every failure and every kind', () => {
    for (const [code, meaning] of Object.entries(attemptErrors)) {
      const [, , shown = ''] = rows.find(([, name]) => name === code) ?? [];
      expect(shown, code).toContain(meaning[language]);
    }
    for (const kind of subscriptionKinds) expect(text).toContain(`\`${kind}\``);
  });

  it.each(limits)('has the limit "%s"', (limit) => {
    expect(text.replaceAll(/\s+/g, ' ')).toContain(limit);
  });
});
