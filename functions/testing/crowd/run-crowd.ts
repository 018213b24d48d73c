import { exampleAgent } from '../../../local/essbasic/seeds/organisations.ts';
import { exampleTemplateId } from '../../../local/essbasic/seeds/templates.ts';
import type { Database } from '../../../shared/store/postgres/database.ts';
import { type CrowdOptions, type CrowdWorld, createCrowdWorld, rotated, startMs } from './crowd-world.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

export interface CrowdPlan extends Pick<CrowdOptions, 'seed' | 'shape' | 'renewalsDie'> {
  /** Spread over the codes, and over three days. */
  people: number;
}

/** One is renewed before it is used up, one when it is, and one never. */
const codes = [
  { externalId: 'gate-1', policy: {} },
  { externalId: 'gate-2', policy: { ExhaustionPercent: 100 } },
  { externalId: 'gate-3', policy: { Enabled: false } },
];

/** Between two runs of the timers. Virtual time; a minute in reality, and here as seldom as the story can bear. */
const tickMs = 10 * 60_000;

/** What quota is bought when, as a share of what the crowd needs. */
const purchases = [
  { atMs: 0, share: 0.2 },
  { atMs: 1.2 * dayMs, share: 0.3 },
  { atMs: 2.4 * dayMs, share: 3 },
];

/**
 * However few have come until then, there is no quota left so long before more is bought, and somebody notices; and
 * somebody comes so long after. So there is a lack before each, and an end of it, for every seed, and far enough from each
 * other for messages that are late.
 */
const lackMs = 6 * hourMs;
const endOfLackMs = hourMs;

/**
 * People scan for three days and sign or do not sign in the week after, while quota runs out and comes back, messages
 * come twice, late, in another order, spoiled or with their answers lost, processes die and the database is away. Ends
 * when nothing is left to happen, to post and to deliver.
 */
export async function runCrowd(db: Database, { people, ...plan }: CrowdPlan): Promise<CrowdWorld> {
  const outage = { fromMs: 0.5 * dayMs, untilMs: 0.5 * dayMs + 2 * hourMs };
  const world = await createCrowdWorld(db, { ...plan, deadliness: 1 / 400, outage });
  const { emulator } = world;
  emulator.callbacks.configure({ misbehaviour });
  const { AppId, ProxyOrganizationOpenId } = exampleAgent;
  const buy = (quota: number) => emulator.organisations.setQuota({ AppId, ProxyOrganizationOpenId }, quota);
  buy(Math.round(people * (purchases[0]?.share ?? 0)));
  await world.subscribe('standard-webhooks');
  await world.subscribe('wecom', ['quota.exhausted', 'quota.restored']);
  const posters = await letThemCome(world, people, plan.seed);

  let tickedMs = startMs;
  const onStep = async (nowMs: number) => {
    if (nowMs < tickedMs + tickMs) return;
    tickedMs = nowMs;
    await world.tick();
  };
  const pass = (untilMs: number) => emulator.callbacks.settle({ untilMs, stepMs: tickMs, onStep });
  const oneComesToEach = () => {
    for (const [index, qrCodeId] of posters.entries())
      emulator.crowd(qrCodeId, { people: 1, overS: 600, seed: plan.seed + codes.length + index, signing });
  };
  for (const { atMs, share } of purchases.slice(1)) {
    await pass(startMs + atMs - lackMs);
    buy(0);
    oneComesToEach();
    await pass(startMs + atMs);
    buy(Math.round(people * share));
    // Keys are rotated amid all that is under way; done again it changes nothing.
    emulator.callbacks.configure(rotated);
    await pass(startMs + atMs + endOfLackMs);
    oneComesToEach();
  }
  // Until the last contract has come to its end.
  await emulator.callbacks.settle({ stepMs: tickMs, onStep });
  await comeToRest(world);
  return world;
}

const misbehaviour = {
  duplicates: 0.05,
  reorder: 0.3,
  reorderS: 1200,
  delayS: 60,
  unknownTypes: 0.05,
  wrongKey: 0.01,
  wrongSignature: 0.01,
  noSignature: 0.01,
  reencodedBody: 0.01,
  form: 'either',
  lostAnswers: 0.05,
} as const;

const signing = { sign: 0.7, reject: 0.05, cancel: 0.05, withinS: dayMs / 1000 };

/** @returns the QR codes on the posters in front of which they stand */
async function letThemCome(world: CrowdWorld, people: number, seed: number): Promise<string[]> {
  const posters: string[] = [];
  for (const [index, { externalId, policy }] of codes.entries()) {
    const request = {
      Agent: exampleAgent,
      TemplateId: exampleTemplateId,
      FlowName: `入职合同${index + 1}`,
      MaxFlowNum: Math.round(people / 8),
    };
    const qrCodeId = await world.create(request, externalId, policy);
    world.emulator.crowd(qrCodeId, {
      people: Math.round(people / codes.length),
      overS: (3 * dayMs) / 1000,
      duplicates: 0.05,
      seed: seed + index,
      signing,
    });
    posters.push(qrCodeId);
  }
  return posters;
}

/** Retries of everything run out: deliveries climb their ladder, and what failed is tried again. */
async function comeToRest({ db, emulator, tick }: CrowdWorld): Promise<void> {
  for (let hours = 0; hours < 100; hours += 1) {
    await tick();
    const { rows } = await db.query<{ open: number }>(
      `select ((select count(*) from messages where outcome = 'pending')
         + (select count(*) from deliveries where state = 'pending')
         + (select count(*) from events where fanned_out_at is null))::int as open`,
    );
    if (rows[0]?.open === 0) return;
    emulator.clock.advance(hourMs);
  }
}
