import * as z from 'zod/mini';
import { replayEvents } from '../../shared/delivery/subscriptions/replay-events.ts';
import { deliveryWrites } from '../../shared/store/deliveries/delivery-transactions.ts';
import { defined } from '../../shared/world.ts';
import { action } from '../action.ts';

const id = z.optional(z.string().check(z.minLength(1), z.maxLength(64)));
const time = z.optional(z.int().check(z.minimum(0), z.maximum(8.64e12)));

const texts = {
  narrowEnough: {
    zh: '请至少填写 EventId、DeliveryId、CodeId、From 之一，或同时填写 SubscriptionId 与 DeadLetters',
    en: 'EventId, DeliveryId, CodeId or From must be given, or SubscriptionId together with DeadLetters',
  },
  alone: {
    zh: 'DeliveryId 不能与其他条件同时填写',
    en: 'DeliveryId must be given alone',
  },
};

/** Has events sent again, with the ids that they have. The timer sends them. */
export const main_handler = action({
  name: 'ReplayEvent',
  role: 'operator',
  /** What is to be sent again: everything that all the given members let through. */
  request: z
    .strictObject({
      EventId: id,
      /** One event to one subscription. */
      DeliveryId: id,
      SubscriptionId: id,
      CodeId: id,
      /** Unix seconds of what happened; `To` is not included. */
      From: time,
      To: time,
      /** Only what was given up. */
      DeadLetters: z.optional(z.literal(true)),
    })
    .check(
      z.refine(
        ({ EventId, DeliveryId, CodeId, From, SubscriptionId, DeadLetters }) =>
          [EventId, DeliveryId, CodeId, From].some((one) => one !== undefined) ||
          (SubscriptionId !== undefined && DeadLetters !== undefined),
        { params: texts.narrowEnough },
      ),
      z.refine(
        ({ DeliveryId, ...rest }) =>
          DeliveryId === undefined || Object.values(rest).every((value) => value === undefined),
        { params: texts.alone },
      ),
    ),
  needs: [],
  open: ({ db }) => ({ deliveries: deliveryWrites(db) }),
  async run({ input, resources, caller }) {
    const { From, To } = input;
    const selection = defined({
      eventId: input.EventId,
      deliveryId: input.DeliveryId,
      subscriptionId: input.SubscriptionId,
      codeId: input.CodeId,
      fromMs: From && From * 1000,
      toMs: To && To * 1000,
      deadLetters: input.DeadLetters,
    });
    return replayEvents(resources, { selection, ...caller });
  },
});
