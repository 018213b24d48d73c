import type { Config, VariableName } from '../../shared/runtime/config.ts';
import { callbackBaseUrl, callbackUrlVariables } from '../../shared/runtime/config.ts';
import { createSeal } from '../../shared/runtime/seal.ts';
import { createApiKeys } from '../../shared/store/access/api-keys.ts';
import { createIdempotencyRecords } from '../../shared/store/access/idempotency-records.ts';
import { batchReads } from '../../shared/store/batches/batch-reads.ts';
import { deliveryReads } from '../../shared/store/deliveries/delivery-reads.ts';
import { contractLists } from '../../shared/store/notifications/contract-lists.ts';
import { notificationReads } from '../../shared/store/notifications/notification-reads.ts';
import { organizationReads } from '../../shared/store/organizations/organization-reads.ts';
import { registerLists } from '../../shared/store/register/register-lists.ts';
import { creationReads, externalIds, registerReads } from '../../shared/store/register/register-reads.ts';
import { creationWrites, registerWrites } from '../../shared/store/register/register-transactions.ts';
import { upstreamVariables } from '../../shared/upstream/upstream-variables.ts';
import type { Basis } from '../basis.ts';
import { openUpstream } from '../open-upstream.ts';

/** Variables that the tools take of the environment. */
export const toolVariables = [
  'DATABASE_URL',
  'REGISTER_KEYS',
  ...callbackUrlVariables,
  ...upstreamVariables,
] as const satisfies VariableName[];

export type Resources = ReturnType<typeof openResources>;

/** What the tools keep open between calls. */
export function openResources(config: Config<(typeof toolVariables)[number]>, basis: Basis) {
  const { db, surroundings, thawed } = basis;
  return {
    surroundings,
    apiKeys: createApiKeys(db),
    idempotency: createIdempotencyRecords(db, { newWorkId: surroundings.ids.id }),
    register: { ...registerReads(db), ...registerLists(db) },
    externalIds: externalIds(db),
    writes: registerWrites(db),
    creation: { ...creationReads(db), ...creationWrites(db) },
    organizations: organizationReads(db),
    notifications: notificationReads(db, surroundings.nowMs),
    contracts: contractLists(db),
    batches: batchReads(db),
    deliveries: deliveryReads(db),
    upstream: openUpstream(config, { db, thawed }, 'interactive'),
    seal: createSeal(config.REGISTER_KEYS),
    publicBaseUrl: config.PUBLIC_BASE_URL,
    callbackBaseUrl: callbackBaseUrl(config),
  };
}
