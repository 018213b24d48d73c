/** Batches in a world whose upstream fails at the word of the test. */
import type { CreateRequest } from '../../../essbasic/ChannelCreateMultiFlowSignQRCode.ts';
import { batchQueue } from '../../../store/batches/batch-queue.ts';
import { batchReads } from '../../../store/batches/batch-reads.ts';
import { batchWrites } from '../../../store/batches/batch-writes.ts';
import { createRequest, type RunPorts, type World } from '../../testing/world.ts';
import type { BatchChange, BatchRecord, RowRecord } from '../batch.ts';
import { makeChangeBatch } from '../make-batch.ts';
import { createRows } from '../plan-create.ts';
import type { BatchQueue, Selection } from '../ports.ts';
import { workOffBatches } from '../work-off.ts';

export type BatchPorts = RunPorts & { batches: BatchQueue };

export function createBatchWorld(world: World) {
  const { db, ports, clock } = world;
  const batches = { ...batchReads(db), ...batchWrites(db), ...batchQueue(db) };
  const all: BatchPorts = { ...ports, batches };
  const asked = { actor: 'key:batch', scope: null, work: undefined };
  let made = 0;

  return {
    batches,
    ports: all,

    /** As `makeCreateBatch` does once everything is checked. */
    async creates(requests: readonly Partial<CreateRequest>[]): Promise<string> {
      const commands = requests.map((request, index) => ({
        request: createRequest({ FlowName: `row ${index + 1}`, ...request }),
        members: { externalId: `gate-${index + 1}`, labels: [], note: null },
      }));
      const rows = createRows(commands, { ids: ports.surroundings.ids, seal: ports.seal });
      made += 1;
      const batchId = `batch-${made}`;
      const organizations = [...new Set(rows.map(({ organization }) => organization))];
      await batches.insert(
        {
          ...{ batchId, appId: 'app', organizations, operation: 'Create', actor: 'key:batch' },
          ...{ total: rows.length, createdAtMs: clock.ms, cancelledAtS: null },
        },
        rows,
        { actor: 'key:batch', action: 'batch.created', subject: batchId, reason: 'Create' },
      );
      return batchId;
    },

    changes: (operation: BatchChange, selection: Selection) =>
      makeChangeBatch(
        { batches, surroundings: ports.surroundings },
        { operation, selection, appId: 'app' },
        asked,
      ),

    run: (given: BatchPorts = all, concurrency = 4) =>
      workOffBatches(given, { deadlineMs: clock.ms + 60_000, concurrency }),

    async batch(batchId: string): Promise<BatchRecord> {
      const found = await batches.find(batchId, null);
      if (found === undefined) throw new Error(`no batch ${batchId}`);
      return found;
    },

    rows: (batchId: string): Promise<RowRecord[]> =>
      batches.rows(batchId, { state: undefined, after: 0, limit: 1000 }),
  };
}

export type BatchWorld = ReturnType<typeof createBatchWorld>;
