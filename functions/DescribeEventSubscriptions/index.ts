import * as z from 'zod/mini';
import { describeSubscriptions, pageLimits } from '../../shared/delivery/describe-subscriptions.ts';
import { httpAction } from '../../shared/runtime/http-action.ts';
import { scopeOf } from '../../shared/runtime/scope.ts';
import { createApiKeys } from '../../shared/store/api-keys.ts';
import { deliveryReads } from '../../shared/store/delivery-reads.ts';
import { openPgDatabase } from '../../shared/store/pg-database.ts';

const request = z.strictObject({
  SubscriptionId: z.optional(z.string().check(z.minLength(1), z.maxLength(64))),
  Limit: z.optional(z.int().check(z.minimum(1), z.maximum(pageLimits.max))),
  Cursor: z.optional(z.string().check(z.minLength(1), z.maxLength(500))),
});

/** Who is told of events: addresses masked, without secrets, with how sending goes and why one is disabled. */
export const main_handler = httpAction({
  name: 'DescribeEventSubscriptions',
  role: 'viewer',
  request,
  needs: ['DATABASE_URL'],
  open(config) {
    const db = openPgDatabase(config.DATABASE_URL);
    return { apiKeys: createApiKeys(db), deliveries: deliveryReads(db) };
  },
  apiKeys: ({ apiKeys }) => apiKeys,
  run: ({ request: { SubscriptionId, Limit, Cursor }, resources, principal, config }) =>
    describeSubscriptions(resources.deliveries, {
      ...(SubscriptionId !== undefined && { subscriptionId: SubscriptionId }),
      ...(Limit !== undefined && { limit: Limit }),
      ...(Cursor !== undefined && { cursor: Cursor }),
      scope: scopeOf(principal, config.ESS_APP_ID),
    }),
});
