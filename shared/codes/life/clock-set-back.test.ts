/** The server that takes over may have a clock that is behind: what the other one leased must not rest until then. */
import { expect, it } from 'vitest';
import { deliveryQueue } from '../../store/deliveries/delivery-queue.ts';
import { codeSuite } from '../testing/code-suite.ts';
import { dayS } from '../testing/world.ts';
import { cancelCode } from './cancel-code.ts';

const { test, world } = codeSuite();

const leaseFarAhead = (table: string) =>
  test.db.query(`update ${table} set lease_until = clock_timestamp() + interval '1 hour'`);

it('renewals are claimed', async () => {
  await world.create();
  world.passS(6 * dayS);
  await leaseFarAhead('codes');
  expect(await world.tick()).toMatchObject({ renewed: 1 });
});

it('cancels are claimed', async () => {
  const codeId = await world.createId();
  world.fake.faults.push('unreachable');
  const command = { key: { by: 'CodeId', value: codeId } as const, scope: null, actor: 'key:test' };
  await cancelCode(world.ports, command, world.clock.ms + 9000).catch(() => undefined);
  world.passS(120);
  await leaseFarAhead('attempts');
  expect(await world.tick()).toMatchObject({ cancelled: 1 });
});

it('notifications are claimed', async () => {
  const { code } = await world.create();
  const route = { kind: 'code', token: code.callbackToken, generation: 2 } as const;
  await world.receiver.notify('MultiFlowSignQrCodeCost', {}, { route });
  world.passS(120);
  await leaseFarAhead('messages');
  expect(await world.receiver.retry()).toEqual({ applied: 0, failed: 1 });
});

it('deliveries are claimed', async () => {
  await test.db.query(
    `insert into event_subscriptions (subscription_id, kind, sealed, shown_url, languages, state, reason, failures,
       version, created_at, updated_at)
     values ('s', 'webhook', '', '', '{}', 'Enabled', '{}', 0, 1, now(), now())`,
  );
  await world.create();
  const queue = deliveryQueue(test.db);
  await queue.fanOut(world.clock.ms, 10);
  await leaseFarAhead('deliveries');
  const limits = { of: 'healthy', limit: 9, perSubscription: 4, leaseMs: 30_000 } as const;
  expect(await queue.claim(world.clock.ms, limits)).toHaveLength(1);
});
