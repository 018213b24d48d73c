import * as z from 'zod/mini';

const id = z.optional(z.string().check(z.minLength(1), z.maxLength(64)));
const time = z.optional(z.int().check(z.minimum(0), z.maximum(8.64e12)));

const narrowEnough = {
  zh: '请至少填写 EventId、DeliveryId、CodeId、From 之一，或同时填写 SubscriptionId 与 DeadLetters',
  en: 'EventId, DeliveryId, CodeId or From must be given, or SubscriptionId together with DeadLetters',
};
const alone = {
  zh: 'DeliveryId 不能与其他条件同时填写',
  en: 'DeliveryId must be given alone',
};

/** What is to be sent again: everything that all the given members let through. */
export const request = z
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
      { params: narrowEnough },
    ),
    z.refine(
      ({ DeliveryId, ...rest }) =>
        DeliveryId === undefined || Object.values(rest).every((value) => value === undefined),
      { params: alone },
    ),
  );
