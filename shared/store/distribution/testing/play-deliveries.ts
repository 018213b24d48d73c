import type { ReplaySelection } from '../../../delivery/ports.ts';
import { createWorld } from '../../../delivery/testing/world.ts';
import type { Database } from '../../postgres/database.ts';

type World = ReturnType<typeof createWorld>;

const scope = { appId: 'app', organizations: ['org-a', 'org-b'] };
const lease = { deliveryId: 'nobody', token: '1' };
const delivered = { state: 'delivered', rung: 0, dueAtMs: null, reason: { code: 'Delivered' } } as const;

/** Subscriptions and what is sent to them. */
export async function playDeliveries(db: Database): Promise<void> {
  const world = createWorld(db);
  const { subscribe, emit, deliveries, clock } = world;
  const { SubscriptionId: subscriptionId } = await subscribe('http://127.0.0.1:9/');
  const eventId = await emit();
  await deliveries.fanOut(clock.ms, 10);
  for (const of of ['healthy', 'failing'] as const)
    await deliveries.claim(clock.ms, { of, limit: 10, perSubscription: 4, leaseMs: 1000 });
  await deliveries.settleDelivered(lease, attemptAt(clock.ms), delivered);
  await deliveries.buryStranded(clock.ms, { code: 'SubscriptionDisabled' }, 10);
  await manage(world, subscriptionId);
  await replay(world, { eventId, subscriptionId });
  await lookAt(world, { eventId, subscriptionId });
}

const attemptAt = (startedAtMs: number) =>
  ({ number: 1, startedAtMs, durationMs: 1, outcome: { kind: 'delivered', status: 200 } }) as const;

async function manage(
  { deliveries, subscription, clock, admin }: World,
  subscriptionId: string,
): Promise<void> {
  const own = await subscription(subscriptionId);
  await deliveries.transaction(async (tx) => {
    await tx.lockSubscription(subscriptionId);
    await tx.countSubscriptions('app', 'org-a');
    await tx.saveHealth(subscriptionId, own);
    await tx.saveSubscription(own);
    await tx.subscriptionOf('nobody');
    await tx.settle(lease, attemptAt(clock.ms), delivered);
    const about = { appId: 'app', organization: 'org-a', codeId: null, data: {} };
    const event = { eventId: 'test', type: 'test', occurredAtMs: clock.ms, ...about };
    await tx.insertTest(event, own, 1000);
    await tx.audit({ actor: admin.actor, action: 'test', subject: subscriptionId, reason: '' });
  });
}

async function replay({ deliveries, clock }: World, ids: ReplaySelection): Promise<void> {
  const selections: ReplaySelection[] = [
    { eventId: ids.eventId ?? '' },
    { deliveryId: 'nobody' },
    { subscriptionId: ids.subscriptionId ?? '', deadLetters: true },
    { codeId: 'code-1', subscriptionId: ids.subscriptionId ?? '' },
    { fromMs: clock.ms, toMs: clock.ms },
  ];
  for (const selection of selections)
    for (const seen of [null, scope]) {
      const at = {
        nowMs: clock.ms,
        reason: { code: 'Replayed' },
        scope: seen,
        isAdmin: true,
        limit: 100,
      } as const;
      await deliveries.transaction((tx) => tx.replay(selection, at));
    }
}

async function lookAt(
  { deliveries, clock }: World,
  ids: { eventId: string; subscriptionId: string },
): Promise<void> {
  for (const after of [undefined, { atMs: clock.ms + 1, id: 'x' }])
    for (const seen of [null, scope]) {
      const page = { scope: seen, after, limit: 10 };
      await deliveries.listSubscriptions({}, page);
      await deliveries.listSubscriptions({ subscriptionId: ids.subscriptionId }, page);
      for (const filter of [
        {},
        { codeId: 'code-1' },
        ids,
        { eventType: 'x', state: 'dead', fromMs: 1, toMs: 2 },
      ] as const)
        await deliveries.listDeliveries(filter, { ...page, attempts: 3 });
    }
}
