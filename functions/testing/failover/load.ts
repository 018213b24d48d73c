/** What goes on while a primary dies: creates with and without a key, people who scan, timers. */
import { randomUUID } from 'node:crypto';
import { good } from '../platform-suite.ts';
import { callAction, type Tried, tryCreate } from '../tried-create.ts';
import type { FailoverWorld } from './failover-world.ts';

export interface Load {
  tried: Tried[];
  /** Resolves when everything that was under way has ended. */
  stop(): Promise<void>;
}

const plain = 4;
const keyed = 2;
/** As many creates are under way at a time at the most. */
export const callers = plain + keyed;
/** A code holds so many contracts; one more comes, and is led to its successor. */
const places = 4;
const people = places + 1;
/** One code in so many has people in front of it. */
const visitedOneIn = 3;

const action = 'ChannelCreateMultiFlowSignQRCode';
/** What the platform answers for a function that it has ended, since its time was over: on a machine that has too much to do. */
const timedOut = 433;

const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export function startLoad(world: FailoverWorld, random: () => number): Load {
  const tried: Tried[] = [];
  let isOver = false;
  let isAtRest = false;
  let made = 0;

  async function createOnce(name: string, key?: string): Promise<Tried> {
    const body = { ...good, FlowName: name, MaxFlowNum: places };
    const one = await tryCreate(tried, { name, key }, Date.now, () =>
      callAction(world.platform, { action, body, key }, ({ status }) => status === timedOut),
    );
    if (one.status === 200) letThemCome(String(one.link));
    return one;
  }

  function letThemCome(link: string): void {
    made += 1;
    if (made % visitedOneIn !== 0) return;
    const seed = Math.floor(random() * 2 ** 32);
    world.platform.emulator.crowd({ link }, { people, overS: 2, seed });
  }

  async function create(worker: number): Promise<void> {
    for (let number = 1; !isOver; number += 1) {
      await createOnce(`${randomUUID().slice(0, 8)}-${worker}-${number}`);
      await rest(200 + random() * 300);
    }
  }

  /** Asks again with the same key until there is an answer that holds. */
  async function createWithKey(worker: number): Promise<void> {
    while (!isOver) {
      const name = randomUUID();
      let last: Tried;
      do {
        last = await createOnce(name, `failover-${worker}-${name}`);
        await rest(200 + random() * 300);
      } while (last.status !== 200 && last.code !== 'UnknownOutcome');
    }
  }

  /** Until nobody waits for what a timer settles. */
  async function tick(name: string): Promise<void> {
    while (!isAtRest) {
      await runTimer(world, name);
      await rest(500);
    }
  }

  const calls = [
    ...Array.from({ length: plain }, (_, worker) => create(worker)),
    ...Array.from({ length: keyed }, (_, worker) => createWithKey(worker)),
  ];
  const timers = ['renew-expired-codes', 'deliver-events'].map(tick);
  return {
    tried,
    async stop() {
      isOver = true;
      await Promise.all(calls);
      isAtRest = true;
      await Promise.all(timers);
    },
  };
}

/** One event of a timer. What goes wrong with it is in the log of the function. */
export async function runTimer({ platform }: FailoverWorld, name: string): Promise<void> {
  const event = { Type: 'Timer', TriggerName: 'failover', Time: new Date().toISOString(), Message: '' };
  await platform.host.invoke(name, event);
}
