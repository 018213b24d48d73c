import type { Client } from '../../client/create-client.ts';
import { QianmaProblem } from '../../client/problem.ts';
import type { Look } from '../../shared/explain/explain-thing.ts';

/** Rows of a batch, and messages about a code, that an explanation lists. */
const few = { rows: 10, notifications: 3 };

/** Looks into the register over the API, with the rights of the client's key. */
export function lookThrough(client: Client): Look {
  return {
    code: async (by, id) =>
      (await known(client.call('DescribeMultiFlowSignQRCodes', { [by]: id })))?.Codes[0],
    contract: async (FlowId) => (await known(client.call('DescribeContracts', { FlowId })))?.Contracts[0],
    batch: async (BatchId) => (await known(client.call('DescribeBatches', { BatchId })))?.Batches[0],
    failedRows: async (BatchId) =>
      (await client.call('DescribeBatchRows', { BatchId, State: 'Failed', Limit: few.rows })).Rows,
    notification: async (NotificationId) =>
      (await known(client.call('DescribeNotifications', { NotificationId })))?.Notifications[0],
    notificationsOf: async (CodeId) =>
      (await client.call('DescribeNotifications', { CodeId, Limit: few.notifications })).Notifications,
    deliveries: async (EventId) => (await known(client.call('DescribeEvents', { EventId })))?.Events ?? [],
  };
}

/** What a call answers; undefined where there is no such thing, or no thing can have such an id. */
async function known<Answer>(call: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof QianmaProblem && (error.status === 404 || error.status === 400)) return undefined;
    throw error;
  }
}
