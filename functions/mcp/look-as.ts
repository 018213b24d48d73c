import { describeBatch, listBatchRows } from '../../shared/codes/batch/describe-batches.ts';
import type { CodeKey } from '../../shared/codes/ports.ts';
import { describeCode } from '../../shared/codes/reading/describe-codes.ts';
import { describeDeliveries } from '../../shared/delivery/subscriptions/describe-deliveries.ts';
import { Failure } from '../../shared/errors.ts';
import type { Look } from '../../shared/explain/explain-thing.ts';
import { listContracts } from '../../shared/notifications/describe-contracts.ts';
import {
  describeNotification,
  listNotifications,
} from '../../shared/notifications/describe-notifications.ts';
import type { Call } from './call.ts';
import { inOwnWords, ownError } from './own-words.ts';

/** Rows of a batch, messages about a code and deliveries of an event that an explanation lists. */
const few = { rows: 10, notifications: 3, deliveries: 10 };

/** Looks into the register with the rights of the caller. */
export function lookAs({ resources, caller: { scope } }: Call): Look {
  const codeOf = async (by: CodeKey['by'], value: string) =>
    inOwnWords(await found(describeCode(resources, { by, value }, scope)));
  return {
    async code(by, id) {
      if (by !== 'ExternalId') return codeOf(by, id);
      const [first] = await resources.externalIds.codesOf(id, scope);
      return first && codeOf('CodeId', first.codeId);
    },
    contract: async (flowId) =>
      (await listContracts(resources, { filter: { flowId }, scope, limit: 1 })).Contracts[0],
    batch: (batchId) => found(describeBatch(resources, batchId, scope)),
    async failedRows(batchId) {
      const page = { batchId, state: 'failed', scope, limit: few.rows } as const;
      const { Rows } = await listBatchRows(resources, page);
      return Rows.map((row) => ({ ...row, Error: ownError(row.Error) }));
    },
    notification: async (value) =>
      inOwnWords(await found(describeNotification(resources, { by: 'NotificationId', value }, scope))),
    async notificationsOf(codeId) {
      const page = { filter: { codeId }, scope, limit: few.notifications };
      return inOwnWords((await listNotifications(resources, page)).Notifications);
    },
    deliveries: async (eventId) =>
      (await describeDeliveries(resources.deliveries, { filter: { eventId }, scope, limit: few.deliveries }))
        .Events,
  };
}

/** What is described; undefined where the caller sees nothing of it. */
async function found<Thing>(described: Promise<Thing>): Promise<Thing | undefined> {
  try {
    return await described;
  } catch (error) {
    if (error instanceof Failure && error.code === 'NotFound') return undefined;
    throw error;
  }
}
