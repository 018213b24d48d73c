/** Instances of functions as a deployment leaves them: older ones with the environment of their time beside newer ones. */
import { expect, onTestFinished, vi } from 'vitest';
import { mintApiKey } from '../../shared/runtime/http/api-keys.ts';
import { turnOfEventLoop } from '../../shared/world.ts';
import { type ActionWorld, stubActionEnvironment } from './action-environment.ts';

const context = { request_id: 'test', getRemainingTimeInMillis: () => 60_000 };
export const administrator = mintApiKey();

interface Answer {
  status: number;
  body: Record<string, unknown>;
}

export interface Instance {
  call(body: object | string, headers?: Record<string, string>): Promise<Answer>;
  /** As a timer does. */
  tick(): Promise<object>;
}

/** An instance whose environment is this, whatever that of the process becomes later. */
export async function instanceOf(
  name: string,
  world: ActionWorld,
  environment: Readonly<Record<string, string>> = {},
): Promise<Instance> {
  // Nothing of the environment of another.
  vi.unstubAllEnvs();
  stubActionEnvironment(world, { API_KEY_HASH: administrator.hash, ...environment });
  const { main_handler } = await import(`../${name}/index.ts`);

  const tick = () =>
    main_handler({ Type: 'Timer', TriggerName: 'test', Time: '2026-01-01T00:00:00Z', Message: '' }, context);
  const call = async (body: object | string, headers = {}) => {
    const { statusCode, body: answer } = await main_handler(
      {
        ...{ httpMethod: 'POST', path: `/${name}`, queryString: {} },
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${administrator.key}`,
          ...headers,
        },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      },
      context,
    );
    return { status: statusCode, body: JSON.parse(answer) };
  };
  // Its environment is read with its first event.
  if (/^[a-z]+-[a-z]+/.test(name) && name !== 'callback-handler') await tick();
  else await call('');
  return { call, tick };
}

/** Calls that go on, one after the other, by whichever instances serve at the time; none may fail. */
export function callsTo(first: readonly Instance[], send: (instance: Instance) => Promise<Answer>) {
  let serving = first;
  let isOver = false;
  let made = 0;
  const failed: unknown[] = [];
  onTestFinished(() => {
    isOver = true;
  });
  const going = (async () => {
    for (let turn = 0; !isOver; turn += 1) {
      const instance = serving[turn % serving.length];
      if (instance === undefined) throw new Error('Nobody serves');
      // A call that asks nobody would leave the others no turn.
      await turnOfEventLoop();
      const { status, body } = await send(instance);
      made += 1;
      if (status === 200) continue;
      failed.push({ turn, status, body });
      isOver = true;
    }
  })();
  const fewMore = async () => {
    const until = made + 4;
    await expect.poll(() => made, { interval: 5, timeout: 20_000 }).toBeGreaterThanOrEqual(until);
  };
  return {
    /** From here on these serve, and get a few calls each. */
    async serve(...instances: Instance[]): Promise<void> {
      serving = instances;
      await fewMore();
    },
    fewMore,
    /** All calls, of which none has failed. */
    async end(): Promise<number> {
      isOver = true;
      await going;
      expect(failed).toEqual([]);
      return made;
    },
  };
}
