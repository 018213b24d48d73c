/** The built functions in processes of their own, the emulator, a receiver of events, and two servers behind one address. */
import { type Platform, startPlatform } from '../../../local/start/testing/platform.ts';
import { type Receiver, startReceiver } from '../../../shared/delivery/testing/receiver.ts';
import type { Database } from '../../../shared/store/postgres/database.ts';
import { openPgDatabase } from '../../../shared/store/postgres/pg-database.ts';
import { type Address, openAddress } from './address.ts';
import { admin } from './member.ts';
import { type Pair, type Replication, startPair } from './pair.ts';

const database = 'qianma';
/** Of each function: a fair number of processes that two processors can bear. */
const maxInstances = 6;

export interface FailoverWorld {
  pair: Pair;
  address: Address;
  platform: Platform;
  /** A system of a user's, which is told of everything. */
  receiver: Receiver;
  /** Ids of the notifications that were answered 200, as Tencent would have them. */
  acknowledged: Set<string>;
  /** Asks the primary itself, past the address. */
  ask<T>(work: (db: Database) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface WorldOptions {
  seed: number;
  replication: Replication;
  lagMs: number;
  behindMs: number;
}

/** What has been opened when it fails is closed again: servers outlive the process that starts them. */
export async function startFailoverWorld(options: WorldOptions): Promise<FailoverWorld> {
  const closers: (() => Promise<void> | void)[] = [];
  const close = async () => {
    for (const one of closers.splice(0).reverse()) await one();
  };
  try {
    return { ...(await openAll(options, closers)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openAll(
  { seed, replication, lagMs, behindMs }: WorldOptions,
  closers: (() => Promise<void> | void)[],
): Promise<Omit<FailoverWorld, 'close'>> {
  const pair = await startPair(database, replication, lagMs);
  closers.push(pair.close);
  await pair.rejoin(behindMs);
  const address = await openAddress(pair.primary().port);
  closers.push(address.close);
  const url = `postgresql://${admin}@127.0.0.1:${address.port}/${database}?sslmode=disable`;
  const platform = await startPlatform(
    {},
    {
      seed,
      maxInstances,
      isOneClock: true,
      database: { url, dispose: async () => undefined },
      emulated: { automatic: true, callbackConcurrency: 6, signatureClock: 'either' },
    },
  );
  closers.push(platform.close);
  const receiver = await startReceiver();
  closers.push(receiver.close);
  const subscription = { Kind: 'standard-webhooks', Url: receiver.url, AllOrganizations: true };
  const { status } = await platform.call('CreateEventSubscription', subscription);
  if (status !== 200) throw new Error(`no subscription: ${status}`);
  return {
    pair,
    address,
    platform,
    receiver,
    acknowledged: new Set(),
    async ask(work) {
      const db = openPgDatabase(pair.primary().urlOf(database));
      return work(db).finally(() => db.close());
    },
  };
}

/** Notes which notifications the functions have acknowledged so far: the emulator forgets them after a thousand. */
export function noteAcknowledged({
  platform,
  acknowledged,
}: Pick<FailoverWorld, 'platform' | 'acknowledged'>): void {
  for (const { envelope, deliveries } of platform.emulator.callbacks.messages())
    if (deliveries.some(({ state }) => state === 'delivered')) acknowledged.add(envelope.MsgId);
}
