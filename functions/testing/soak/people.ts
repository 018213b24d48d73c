/** What callers ask of the functions: codes made, changed, looked at and cancelled, and people who scan them. */

import type { SeededRandom } from '../../../local/cloud-api/seeded-random.ts';
import { good } from '../platform-suite.ts';
import { type Answered, callAction, type Tried, tryCreate } from '../tried-create.ts';
import type { Deed } from './beat-plan.ts';
import type { AcknowledgedBatch } from './examine-soak.ts';
import type { SoakWorld } from './soak-world.ts';

export interface People {
  /** Creates as their callers saw them. */
  tried: Tried[];
  /** What every code is called that may have been made, by whichever call. */
  names: Set<string>;
  /** Batches that were acknowledged. */
  batches: AcknowledgedBatch[];
  /** Codes whose cancel was acknowledged. */
  cancelled: Set<string>;
  /** Answers against their contract, but for those of creates, which are with them. */
  troubles: string[];
  /** How often what was done, and how it was answered. */
  counts: Record<string, number>;
  /** Never rejects: what an answer has against its contract is among the troubles. */
  act(deed: Deed): Promise<void>;
  /** Asks again with the keys that have no answer yet that holds. @returns how many there are still */
  askAgain(): Promise<number>;
}

interface Known {
  codeId: string;
  link: string;
}

/** So many live at a time, and each has so many places. */
const mostCodes = 40;
const places = 6;
/** Days for which a QR code lives. */
const lives = [1, 2, 3, 7];
/** An answer is kept for a day: who asks later makes another code. Milliseconds. */
const keyHoldsMs = 23 * 3_600_000;

const actions = {
  create: 'ChannelCreateMultiFlowSignQRCode',
  cancel: 'ChannelCancelMultiFlowSignQRCode',
  modify: 'ModifyMultiFlowSignQRCode',
  describe: 'DescribeMultiFlowSignQRCodes',
  createMany: 'BatchCreateMultiFlowSignQRCode',
  changeMany: 'BatchModifyMultiFlowSignQRCode',
} as const;

/** Lists and pages that are only looked at. */
const looks: readonly [name: string, body: object][] = [
  [actions.describe, { Limit: 50 }],
  ['DescribeContracts', { Limit: 50 }],
  ['DescribeEvents', { Limit: 50 }],
  ['DescribeNotifications', { Limit: 50 }],
  ['DescribeBatches', {}],
];

export function gatherPeople(world: SoakWorld, random: SeededRandom): People {
  const known: Known[] = [];
  const waiting: { name: string; key: string; body: object; sinceMs: number; isAsking: boolean }[] = [];
  const people: People = {
    tried: [],
    names: new Set(),
    batches: [],
    cancelled: new Set(),
    troubles: [],
    counts: {},
    act: (deed) =>
      doings[deed]().catch((error: unknown) => void people.troubles.push(`${deed}: ${String(error)}`)),
    askAgain,
  };
  let made = 0;
  const nextName = () => {
    made += 1;
    const name = `soak-${made}`;
    people.names.add(name);
    return name;
  };
  const some = <T>(list: readonly T[]) => list[random.integer(list.length)];
  const bodyOf = (FlowName: string) => ({
    ...good,
    FlowName,
    MaxFlowNum: places,
    QrEffectiveDay: some(lives),
  });
  const count = (what: string) => {
    people.counts[what] = (people.counts[what] ?? 0) + 1;
  };

  async function call(action: string, body: object, key?: string): Promise<Answered> {
    const isCutOff = (answer: Answered) => 'errorCode' in answer.body;
    const answered = await callAction(world.platform, { action, body, key }, isCutOff);
    count(`${action}: ${String(answered.body['code'] ?? 'done')}`);
    return answered;
  }

  async function createOnce(name: string, body: object, key?: string): Promise<Tried> {
    const one = await tryCreate(people.tried, { name, key }, world.nowMs, () =>
      call(actions.create, body, key),
    );
    if (one.status === 200) known.push({ codeId: String(one.codeId), link: String(one.link) });
    return one;
  }

  /** @returns whether there is nothing left to ask */
  const holds = ({ status, code }: Tried) => status === 200 || code === 'UnknownOutcome';

  async function askAgain(): Promise<number> {
    await Promise.all(
      waiting
        .filter(({ isAsking }) => !isAsking)
        .map(async (one) => {
          one.isAsking = true;
          const isLate = world.nowMs() > one.sinceMs + keyHoldsMs;
          if (isLate || holds(await createOnce(one.name, one.body, one.key)))
            waiting.splice(waiting.indexOf(one), 1);
          one.isAsking = false;
        }),
    );
    return waiting.length;
  }

  async function create(): Promise<void> {
    if (known.length >= mostCodes) return cancel();
    const name = nextName();
    await createOnce(name, bodyOf(name));
  }

  async function createWithKey(): Promise<void> {
    const name = nextName();
    const one = { name, key: `key-${name}`, body: bodyOf(name), sinceMs: world.nowMs(), isAsking: true };
    waiting.push(one);
    if (holds(await createOnce(name, one.body, one.key))) waiting.splice(waiting.indexOf(one), 1);
    one.isAsking = false;
  }

  async function createMany(): Promise<void> {
    const Rows = Array.from({ length: 2 + random.integer(5) }, () => {
      const { Agent: _, ...row } = bodyOf(nextName());
      return { ...row, Labels: ['many'] };
    });
    await askForBatch(actions.createMany, { Agent: good.Agent, Rows });
  }

  async function changeMany(): Promise<void> {
    const Operation = some(['Pause', 'Resume', 'RenewNow', 'Cancel']);
    await askForBatch(actions.changeMany, { Operation, Label: 'many' });
  }

  async function askForBatch(action: string, request: object): Promise<void> {
    const atMs = world.nowMs();
    const { status, body } = await call(action, request);
    if (status === 200) people.batches.push({ id: String(body['BatchId']), atMs });
  }

  async function modify(operationFor: (state: unknown) => string): Promise<void> {
    const one = some(known);
    if (one === undefined) return;
    const { body } = await call(actions.describe, { CodeId: one.codeId });
    const [code] = (body['Codes'] ?? []) as Record<string, unknown>[]; // one code by its id
    if (code === undefined) return;
    const { Version, State } = code;
    await call(actions.modify, { CodeId: one.codeId, Version, Operation: operationFor(State) });
  }

  async function cancel(): Promise<void> {
    const [one] = known.splice(random.integer(known.length), 1);
    if (one === undefined) return;
    const { status } = await call(actions.cancel, { CodeId: one.codeId });
    if (status === 200) people.cancelled.add(one.codeId);
  }

  async function look(): Promise<void> {
    const [name, body] = some(looks) ?? [actions.describe, {}];
    await call(name, body);
  }

  /** A few come in the course of a day, and sign or do not sign in the next. */
  async function scan(): Promise<void> {
    const one = some(known);
    if (one === undefined) return;
    count('scan');
    world.platform.emulator.crowd(
      { link: one.link },
      {
        people: 1 + random.integer(places),
        overS: random.integer(86_400),
        duplicates: 0.1,
        seed: random.integer(2 ** 32),
        signing: { sign: 0.7, reject: 0.1, cancel: 0.1, withinS: 86_400 },
      },
    );
  }

  const doings: Readonly<Record<Deed, () => Promise<void>>> = {
    create,
    'create with a key': createWithKey,
    'create many': createMany,
    'change many': changeMany,
    'pause or resume': () => modify((state) => (state === 'Paused' ? 'Resume' : 'Pause')),
    'renew now': () => modify(() => 'RenewNow'),
    cancel,
    look,
    scan,
  };
  return people;
}
