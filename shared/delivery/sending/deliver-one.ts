import type { Surroundings } from '../../world.ts';
import type { Attempt, Claim } from '../delivery.ts';
import type { DeliveryQueue, DeliveryWrites } from '../ports.ts';
import { healthy } from '../subscriptions/subscription.ts';
import { afterAttempt } from './after-attempt.ts';
import type { Send } from './send.ts';

export interface DeliverPorts {
  deliveries: DeliveryWrites & Pick<DeliveryQueue, 'settleDelivered'>;
  send: Send;
  surroundings: Surroundings;
}

/** `lost`: it took so long that another run has it by now. What was sent was sent with the same id. */
export type DeliverResult = 'delivered' | 'retrying' | 'dead' | 'lost';

/** Makes the try that was claimed, and writes down what came of it. */
export async function deliverOne(
  ports: DeliverPorts,
  claim: Claim,
): Promise<{ result: DeliverResult; attempt: Attempt }> {
  const attempt = await ports.send(claim);
  return { result: await settle(ports, claim, attempt), attempt };
}

async function settle(
  { deliveries, surroundings }: DeliverPorts,
  claim: Claim,
  attempt: Attempt,
): Promise<DeliverResult> {
  const { outcome } = attempt;
  const moment = { nowMs: surroundings.nowMs(), random: surroundings.random() };
  const tried = { type: claim.event.type, attempt: claim.attempt, rung: claim.rung };
  const { subscriptionId, failures } = claim.subscription;
  if (outcome.kind === 'delivered' && failures === 0) {
    const { delivery } = afterAttempt(tried, outcome, { ...healthy, state: 'Enabled' }, moment);
    return (await deliveries.settleDelivered(claim.lease, attempt, delivery)) ? 'delivered' : 'lost';
  }
  return deliveries.transaction(async (tx) => {
    const subscription = await tx.lockSubscription(subscriptionId);
    if (subscription === undefined) return 'lost';
    const { delivery, health, disable } = afterAttempt(tried, outcome, subscription, moment);
    if (!(await tx.settle(claim.lease, attempt, delivery))) return 'lost';
    if (disable !== null && subscription.state === 'Enabled') {
      const changes = { state: 'Disabled', reason: disable, updatedAtMs: moment.nowMs } as const;
      await tx.saveSubscription({
        ...subscription,
        ...health,
        ...changes,
        version: subscription.version + 1,
      });
    } else {
      await tx.saveHealth(subscriptionId, health);
    }
    return delivery.state === 'pending' ? 'retrying' : delivery.state;
  });
}
