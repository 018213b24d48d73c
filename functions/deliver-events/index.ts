import { nameServers } from '../../shared/delivery/sending/resolve-target.ts';
import { runDeliveries } from '../../shared/delivery/sending/run-deliveries.ts';
import { createSender } from '../../shared/delivery/sending/send.ts';
import { createSeal } from '../../shared/runtime/seal.ts';
import { timerTask } from '../../shared/runtime/task.ts';
import { deliveryQueue } from '../../shared/store/deliveries/delivery-queue.ts';
import { deliveryWrites } from '../../shared/store/deliveries/delivery-transactions.ts';
import { openBasis } from '../basis.ts';

/** Every ten seconds: sends what is due to our users' systems. */
export const main_handler = timerTask({
  name: 'deliver-events',
  needs: ['DATABASE_URL', 'DELIVERY_ALLOW_LOOPBACK', 'REGISTER_KEYS'],
  open(config, time) {
    const { db, surroundings } = openBasis(config, time);
    return {
      surroundings,
      deliveries: { ...deliveryQueue(db), ...deliveryWrites(db) },
      send: createSender({
        rules: { allowLoopback: config.DELIVERY_ALLOW_LOOPBACK },
        resolve: nameServers(),
        seal: createSeal(config.REGISTER_KEYS),
        nowMs: surroundings.nowMs,
      }),
    };
  },
  run: ({ resources, deadlineMs }) => runDeliveries(resources, { deadlineMs }),
});
