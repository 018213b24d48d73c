import { randomIds } from '../../shared/codes/ids.ts';
import { nameServers } from '../../shared/delivery/resolve-target.ts';
import { runDeliveries } from '../../shared/delivery/run-deliveries.ts';
import { createSender } from '../../shared/delivery/send.ts';
import { createSeal } from '../../shared/runtime/seal.ts';
import { timerTask } from '../../shared/runtime/timer-task.ts';
import { deliveryQueue } from '../../shared/store/delivery-queue.ts';
import { deliveryWrites } from '../../shared/store/delivery-transactions.ts';
import { openPgDatabase } from '../../shared/store/pg-database.ts';

/** Every ten seconds: sends what is due to our users' systems. */
export const main_handler = timerTask({
  name: 'deliver-events',
  needs: ['DATABASE_URL', 'DELIVERY_ALLOW_LOOPBACK', 'REGISTER_KEYS'],
  open(config) {
    const db = openPgDatabase(config.DATABASE_URL);
    return {
      deliveries: { ...deliveryQueue(db), ...deliveryWrites(db) },
      send: createSender({
        rules: { allowLoopback: config.DELIVERY_ALLOW_LOOPBACK },
        resolve: nameServers(),
        seal: createSeal(config.REGISTER_KEYS),
        nowMs: Date.now,
      }),
      surroundings: { nowMs: Date.now, random: Math.random, ids: randomIds() },
    };
  },
  run: ({ resources, deadlineMs }) => runDeliveries(resources, { deadlineMs }),
});
