import { testType } from '../event-types.ts';
import { type DeliverPorts, deliverOne } from '../sending/deliver-one.ts';
import { shownAttempt } from './describe-deliveries.ts';
import { lockOwn, type ManageCommand } from './own-subscription.ts';

/** By the database's time, longer than the one try. */
const leaseMs = 30_000;

export type TestCommand = Omit<ManageCommand, 'actor'>;

/**
 * Sends a test event through the very path of the others, and answers with the result. It is tried once, also of
 * a subscription that is disabled; a success ends the pauses after failures.
 *
 * @throws Failure `NotFound`, `Forbidden`
 */
export async function sendTest(ports: DeliverPorts, command: TestCommand) {
  const { deliveries, surroundings } = ports;
  const claim = await deliveries.transaction(async (tx) => {
    const subscription = await lockOwn(tx, command);
    const eventId = surroundings.ids.id();
    const event = {
      eventId,
      type: testType,
      codeId: null,
      appId: subscription.appId ?? '',
      organization: subscription.organization ?? '',
      data: { SubscriptionId: subscription.subscriptionId },
      occurredAtMs: surroundings.nowMs(),
    };
    return tx.insertTest(event, subscription, leaseMs);
  });
  const { result, attempt } = await deliverOne(ports, claim);
  return {
    EventId: claim.event.eventId,
    Delivered: result === 'delivered',
    Attempt: shownAttempt(attempt),
  };
}
