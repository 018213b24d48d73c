/**
 * The built functions in processes of their own, the emulator, a PostgreSQL of one's own, receivers of events, and one
 * clock for all of them that jumps from beat to beat.
 */
import { setTimeout as rest } from 'node:timers/promises';
import type { LivingInstance } from '../../../local/scf/instance-pool.ts';
import { type Platform, startPlatform } from '../../../local/start/testing/platform.ts';
import type { Receiver } from '../../../shared/delivery/testing/receiver.ts';
import { startReceiver } from '../../../shared/delivery/testing/receiver.ts';
import { type MoodyReceiver, startMoodyReceiver } from './moody-receiver.ts';
import { type MovingServer, ownName, startMovingServer } from './moving-server.ts';

/** Of each function. */
const maxInstances = 3;
/** The clock begins so far behind the machine's, and never comes up to it. */
const behindMs = 700 * 86_400_000;
/** As nobody posts notifications for as long: none is ever given up, whatever becomes of its handlers. */
const retryPausesS = Array.from({ length: 100 }, () => 3600);

export interface SoakWorld {
  platform: Platform;
  server: MovingServer;
  ask: MovingServer['ask'];
  /** A system of a user's that takes everything it is told. */
  receiver: Receiver;
  moody: MoodyReceiver;
  /** Ids of the notifications that were answered 200. */
  acknowledged: Set<string>;
  /** All instances that are there, with the names of their functions. */
  instances(): (LivingInstance & { name: string })[];
  /** Epoch milliseconds of the one clock. */
  nowMs(): number;
  /** Moves every clock. Milliseconds. Nothing may be at work but who is frozen. */
  pass(ms: number): Promise<void>;
  close(): Promise<void>;
}

const misbehaviour = {
  duplicates: 0.1,
  reorder: 0.3,
  reorderS: 3600,
  delayS: 60,
  unknownTypes: 0.05,
  wrongKey: 0.02,
  wrongSignature: 0.02,
  noSignature: 0.02,
  reencodedBody: 0.02,
  cutBody: 0.02,
  form: 'either',
  lostAnswers: 0.05,
} as const;

/** What has been opened when it fails is closed again: a server outlives the process that starts it. */
export async function startSoakWorld(seed: number): Promise<SoakWorld> {
  const closers: (() => Promise<void> | void)[] = [];
  const close = async () => {
    for (const one of closers.splice(0).reverse()) await one();
  };
  try {
    return { ...(await openAll(seed, closers)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openAll(
  seed: number,
  closers: (() => Promise<void> | void)[],
): Promise<Omit<SoakWorld, 'close'>> {
  const server = await startMovingServer(behindMs);
  closers.push(server.close);
  const platform = await startPlatform(
    {},
    {
      seed,
      maxInstances,
      isOneClock: true,
      database: { url: server.url, dispose: async () => undefined },
      emulated: {
        startMs: Date.now() - behindMs,
        automatic: true,
        callbackConcurrency: 4,
        signatureClock: 'virtual',
      },
    },
  );
  closers.push(platform.close);
  const { emulator, host } = platform;
  emulator.callbacks.configure({ misbehaviour, retryPausesS });
  const receiver = await startReceiver();
  closers.push(receiver.close);
  const moody = await startMoodyReceiver();
  closers.push(moody.close);
  for (const { url: Url } of [receiver, moody]) {
    const subscription = { Kind: 'standard-webhooks', Url, AllOrganizations: true };
    const { status } = await platform.call('CreateEventSubscription', subscription);
    if (status !== 200) throw new Error(`no subscription: ${status}`);
  }
  return {
    platform,
    server,
    ask: server.ask,
    receiver,
    moody,
    acknowledged: new Set(),
    instances: () => host.services.flatMap(({ name }) => host.living(name).map((one) => ({ ...one, name }))),
    nowMs: () => emulator.clock.nowMs(),
    async pass(ms) {
      // Who was frozen amid a transaction has lost it by then: no server waits as long as the clock moves.
      while (await hasOpenTransaction(server)) await rest(50);
      emulator.clock.advance(ms);
      await server.setBehind(Date.now() - emulator.clock.nowMs());
      for (const { name } of host.services) for (const one of host.living(name)) one.tellTime();
    },
  };
}

async function hasOpenTransaction({ ask }: MovingServer): Promise<boolean> {
  const { rows } = await ask((db) =>
    db.query<{ open: boolean }>(
      `select exists (select from pg_stat_activity where state like 'idle in transaction%'
         and application_name <> '${ownName}') as open`,
    ),
  );
  return rows[0]?.open === true;
}
