import { randomBytes } from 'node:crypto';
import { mintSecret } from '../shared/delivery/sending/standard-webhooks.ts';
import type { Config } from '../shared/runtime/config.ts';
import { createSeal } from '../shared/runtime/seal.ts';
import { deliveryWrites } from '../shared/store/deliveries/delivery-transactions.ts';
import type { Basis } from './basis.ts';

/** Variables of the environment that whoever writes a subscription takes. */
export const subscriptionVariables = ['DELIVERY_ALLOW_LOOPBACK', 'REGISTER_KEYS'] as const;

/** What it takes to write subscriptions, whose secrets are sealed. */
export function openSubscriptions({
  config,
  db,
}: Pick<Basis, 'db'> & { config: Config<(typeof subscriptionVariables)[number]> }) {
  return {
    deliveries: deliveryWrites(db),
    seal: createSeal(config.REGISTER_KEYS),
    rules: { allowLoopback: config.DELIVERY_ALLOW_LOOPBACK },
    newSecret: () => mintSecret(randomBytes),
  };
}
