/**
 * A crowd, the emulator that it scans on, and all of qianma that hears of it: the callback-handler, the timers and the
 * receivers of events. Everything is virtual but the database: one clock, and randomness from one seed.
 */
import { createHash } from 'node:crypto';
import { credentials } from '../../../local/cloud-api/credentials.ts';
import { createSeededRandom } from '../../../local/cloud-api/seeded-random.ts';
import type { ShippedShape } from '../../../local/essbasic/callbacks/message-shape.ts';
import type { Post, PostAnswer } from '../../../local/essbasic/callbacks/post.ts';
import { createEmulator } from '../../../local/essbasic/create-emulator.ts';
import { createReopener } from '../../../shared/callback/reopen-notification.ts';
import { randomIds } from '../../../shared/codes/ids.ts';
import { createCode } from '../../../shared/codes/life/create-code.ts';
import type { RenewalPolicyInput } from '../../../shared/codes/renewal/renewal-policy.ts';
import { runRenewals } from '../../../shared/codes/renewal/run-renewals.ts';
import type { Claim } from '../../../shared/delivery/delivery.ts';
import { runDeliveries } from '../../../shared/delivery/sending/run-deliveries.ts';
import { createSubscription } from '../../../shared/delivery/subscriptions/create-subscription.ts';
import type { CreateRequest } from '../../../shared/essbasic/ChannelCreateMultiFlowSignQRCode.ts';
import { receiveNotification, recordRejection } from '../../../shared/notifications/receive-notification.ts';
import { retryPending } from '../../../shared/notifications/retry-pending.ts';
import { createSeal } from '../../../shared/runtime/seal.ts';
import { deliveryQueue } from '../../../shared/store/deliveries/delivery-queue.ts';
import { deliveryWrites } from '../../../shared/store/deliveries/delivery-transactions.ts';
import { notificationArrivals } from '../../../shared/store/notifications/notification-arrivals.ts';
import { notificationRetries } from '../../../shared/store/notifications/notification-retries.ts';
import type { Database } from '../../../shared/store/postgres/database.ts';
import { createRegister } from '../../../shared/store/testing/register.ts';
import { createUpstream } from '../../../shared/upstream/create-upstream.ts';
import { callbackHandler } from '../../callback-handler/callback-handler.ts';
import { receivingDesk, unusedEnvironment } from '../../callback-handler/testing/desk.ts';
import { type Process, startProcess } from './process.ts';

const key = 'CROWDKEY000000000000000000000000';
const token = 'crowd-token';
/** What the application's page is changed to in the middle of the story: the functions know both from its beginning. */
export const rotated = { keys: ['CROWDKEY111111111111111111111111'], tokens: ['crowd-token-next'] };
const keys = [...rotated.keys, key];
const baseUrl = 'https://crowd.example/callback-handler';
const sealKey = Buffer.alloc(32, 3).toString('base64');
export const startMs = Date.UTC(2026, 2, 2, 8);

export interface CrowdOptions {
  seed: number;
  shape: ShippedShape;
  /** Chance that a process dies at one of its steps. */
  deadliness: number;
  /**
   * Do renewals die too? Their calls go over HTTP in real time, beside other work of the same run: what is killed amid
   * them is not the same when the seed is.
   */
  renewalsDie: boolean;
  /** When the database is away. Milliseconds after the start. */
  outage: { fromMs: number; untilMs: number };
}

/** What a receiver of events has got: each arrival, those whose acknowledgement was lost included. */
interface Arrival {
  kind: string;
  eventId: string;
  type: string;
}

export async function createCrowdWorld(db: Database, options: CrowdOptions) {
  const random = createSeededRandom(options.seed);
  const ids = randomIds((size) => Uint8Array.from({ length: size }, () => random.integer(256)));
  const emulator = createEmulator({
    seed: options.seed,
    startMs,
    speed: 0,
    requestsPerSecond: Number.POSITIVE_INFINITY,
    signatureClock: 'virtual',
    callbackKeys: [key],
    callbackTokens: [token],
    callbackUrls: [baseUrl],
    callbackShape: options.shape,
    post: (post) => deliverPost(post),
    leadsTo: (QrCodeId) => posters.get(QrCodeId) ?? QrCodeId,
  });
  const { url } = await emulator.listen();
  const nowMs = () => Math.floor(emulator.clock.nowMs());
  const surroundings = { nowMs, ids, random: () => random.fraction() };
  const seal = createSeal(sealKey);
  const upstream = createUpstream({
    credentials: credentials[0],
    endpoint: url,
    now: () => emulator.clock.nowMs(),
    sleep: async () => undefined,
  });
  const counts = { kills: 0, posts: 0 };
  const isDown = () => {
    const sinceMs = nowMs() - startMs;
    return sinceMs >= options.outage.fromMs && sinceMs < options.outage.untilMs;
  };
  const start = (deadliness = options.deadliness) =>
    startProcess(db, { random: () => random.fraction(), deadliness, isDown });
  /** Where the poster with a QR code on it leads by now. */
  const posters = new Map<string, string>();
  const arrivals: Arrival[] = [];

  let instance = startInstance();

  function startInstance() {
    const process = start();
    const handle = callbackHandler(
      () => {
        const ports = { notifications: notificationArrivals(process.db), surroundings, seal };
        return receivingDesk({
          receive: (received) => receiveNotification(ports, received),
          reject: (rejection) => recordRejection(ports, rejection),
        });
      },
      {
        env: {
          ...unusedEnvironment,
          ESS_CALLBACK_KEYS: keys.join(','),
          ESS_CALLBACK_TOKENS: [...rotated.tokens, token].join(','),
          REGISTER_KEYS: sealKey,
        },
        now: nowMs,
        write: () => undefined,
      },
    );
    return { process, handle };
  }

  async function deliverPost({ url: target, headers, body }: Post): Promise<PostAnswer> {
    counts.posts += 1;
    const { process, handle } = instance;
    const event = {
      httpMethod: 'POST',
      path: new URL(target).pathname,
      headers,
      queryString: {},
      body: body.toString(),
    };
    const { statusCode } = await handle(event, { time_limit_in_ms: 10_000 });
    if (!process.isDead()) return { status: statusCode };
    await bury();
    instance = startInstance();
    return { error: 'ECONNRESET' };
  }

  /** As much time passes, by the database's clock, as no lease survives. */
  async function bury(): Promise<void> {
    counts.kills += 1;
    for (const table of ['codes', 'attempts', 'messages', 'deliveries'])
      await db.query(`update ${table} set lease_until = clock_timestamp() where lease_until is not null`);
  }

  /** Runs a timer's work in a process of its own, which may die at it. */
  async function inProcess(work: (process: Process) => Promise<unknown>, deadliness?: number): Promise<void> {
    const process = start(deadliness);
    try {
      await work(process);
    } catch (error) {
      if (!process.isDead() && !isDown()) throw error;
    }
    if (process.isDead()) await bury();
  }

  const deadlineMs = () => nowMs() + 60_000;

  async function renew({ db: own }: Process): Promise<void> {
    const register = createRegister(own);
    const ports = { register, upstream, surroundings, seal, actor: 'timer', callbackBaseUrl: baseUrl };
    await runRenewals(ports, { deadlineMs: deadlineMs(), concurrency: 1 });
    const reopen = createReopener(keys);
    const unhurried = { limit: 500, deadlineMs: Number.POSITIVE_INFINITY };
    await retryPending({ notifications: notificationRetries(own), surroundings, seal, reopen }, unhurried);
  }

  async function deliver({ db: own }: Process): Promise<void> {
    const deliveries = { ...deliveryQueue(own), ...deliveryWrites(own) };
    await runDeliveries({ deliveries, send, surroundings }, { deadlineMs: deadlineMs(), concurrency: 1 });
  }

  /** A receiver that loses some messages and some acknowledgements, the same ones for the same seed. */
  async function send({ event, subscription, attempt }: Claim) {
    const lot =
      createHash('sha256').update(`${event.eventId}/${subscription.kind}/${attempt}`).digest()[0] ?? 0;
    const at = { number: attempt, startedAtMs: nowMs(), durationMs: 1 };
    const failed = {
      kind: 'failed',
      error: 'Timeout',
      status: null,
      answerCode: null,
      retryAfterS: null,
    } as const;
    if (lot < 12) return { ...at, outcome: failed };
    arrivals.push({ kind: subscription.kind, eventId: event.eventId, type: event.type });
    return { ...at, outcome: lot < 20 ? failed : ({ kind: 'delivered', status: 200 } as const) };
  }

  /** Which QR code a poster leads to, for every QR code that ever was on one. */
  async function hangPosters(): Promise<void> {
    const { rows } = await db.query<{ old: string; current: string }>(
      `select g.qr_code_id as old, newest.qr_code_id as current from generations g
       join codes c on c.code_id = g.code_id
       join generations newest on newest.code_id = c.code_id and newest.number = c.generation`,
    );
    for (const { old, current } of rows) posters.set(old, current);
  }

  /** What the timers do at one moment. */
  async function tick(): Promise<void> {
    await inProcess(renew, options.renewalsDie ? undefined : 0);
    await hangPosters();
    await inProcess(deliver);
  }

  const create = async (request: CreateRequest, externalId: string, policy: RenewalPolicyInput) => {
    const ports = { register: createRegister(db), upstream, surroundings, seal, callbackBaseUrl: baseUrl };
    const command = { request, policy, members: { externalId }, actor: 'key:test' };
    const { response } = await createCode(ports, command, deadlineMs());
    await hangPosters();
    return response.QrCode.QrCodeId;
  };

  async function subscribe(kind: 'standard-webhooks' | 'wecom', eventTypes?: string[]): Promise<void> {
    const wecom = 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa';
    await createSubscription(
      {
        deliveries: deliveryWrites(db),
        seal,
        surroundings,
        rules: { allowLoopback: false },
        newSecret: () => `whsec_${Buffer.alloc(24, 1).toString('base64')}`,
      },
      {
        owner: null,
        kind,
        url: kind === 'wecom' ? wecom : 'https://hr.example/events',
        ...(eventTypes && { eventTypes }),
        actor: 'key:test',
      },
    );
  }

  return { db, emulator, arrivals, counts, create, subscribe, tick, isDown, close: () => emulator.close() };
}

export type CrowdWorld = Awaited<ReturnType<typeof createCrowdWorld>>;
