import * as z from 'zod/mini';
import { deliveryStates } from '../../shared/delivery/delivery.ts';
import { eventTypes, testType } from '../../shared/delivery/event-types.ts';
import { describeDeliveries, storedStates } from '../../shared/delivery/subscriptions/describe-deliveries.ts';
import { pageMembers } from '../../shared/list-cursor.ts';
import { csvList } from '../../shared/runtime/http/csv.ts';
import { deliveryReads } from '../../shared/store/deliveries/delivery-reads.ts';
import { defined } from '../../shared/world.ts';
import { action } from '../action.ts';

const id = z.optional(z.string().check(z.minLength(1), z.maxLength(64)));
const time = z.optional(z.int().check(z.minimum(0), z.maximum(8.64e12)));

/** What went out to whom: every try, what is to be tried again and when, and what was given up. */
export const main_handler = action({
  name: 'DescribeEvents',
  csv: csvList(
    'Events',
    'EventId',
    'EventType',
    'OccurredOn:time',
    'CodeId',
    'ProxyOrganizationOpenId',
    'SubscriptionId',
    'DeliveryId',
    'State',
    'Reason:text',
    'AttemptsMade',
    'NextRetryOn:time',
    'SettledOn:time',
  ),
  role: 'viewer',
  /** A page of what a filter lets through, newest first. */
  request: z.strictObject({
    EventId: id,
    CodeId: id,
    EventType: z.optional(z.enum([...eventTypes, testType])),
    SubscriptionId: id,
    State: z.optional(z.enum(deliveryStates)),
    /** Unix seconds of what happened; `To` is not included. */
    From: time,
    To: time,
    ...pageMembers,
  }),
  needs: [],
  open: ({ db }) => ({ deliveries: deliveryReads(db) }),
  async run({ input, resources, caller }) {
    const { State, From, To } = input;
    const filter = defined({
      eventId: input.EventId,
      codeId: input.CodeId,
      eventType: input.EventType,
      subscriptionId: input.SubscriptionId,
      state: State && storedStates[State],
      fromMs: From && From * 1000,
      toMs: To && To * 1000,
    });
    const page = defined({ limit: input.Limit, cursor: input.Cursor });
    return describeDeliveries(resources.deliveries, { filter, scope: caller.scope, ...page });
  },
});
