/** Working batches off, for the functions that begin them and for their timer. */
import type { RowPorts } from '../shared/codes/batch/run-row.ts';
import { type WorkOffReport, workOffBatches } from '../shared/codes/batch/work-off.ts';
import { QianmaError } from '../shared/errors.ts';
import { type Config, callbackBaseUrl, type callbackUrlVariables } from '../shared/runtime/config.ts';
import type { Log } from '../shared/runtime/log/log.ts';
import { createSeal } from '../shared/runtime/seal.ts';
import { batchQueue } from '../shared/store/batches/batch-queue.ts';
import { registerReads } from '../shared/store/register/register-reads.ts';
import { registerWrites } from '../shared/store/register/register-transactions.ts';
import type { upstreamVariables } from '../shared/upstream/upstream-variables.ts';
import { defined } from '../shared/world.ts';
import type { Basis } from './basis.ts';
import { noticing, openUpstream } from './open-upstream.ts';

export type BatchVariable =
  | 'REGISTER_KEYS'
  | (typeof callbackUrlVariables)[number]
  | (typeof upstreamVariables)[number];

/** What rows need. People who wait for one code go first: batches live on what they leave of upstream's limit. */
export function openBatches(config: Config<BatchVariable>, { db, surroundings, thawed }: Basis): OpenBatches {
  return {
    batches: batchQueue(db),
    register: { ...registerReads(db), ...registerWrites(db) },
    upstream: openUpstream(config, { db, thawed }, 'background'),
    seal: createSeal(config.REGISTER_KEYS),
    surroundings,
    callbackBaseUrl: callbackBaseUrl(config),
  };
}

/** {@link RowPorts} with the way to Tencent as it was opened. */
type OpenBatches = RowPorts & { upstream: ReturnType<typeof openUpstream> };

interface Run {
  deadlineMs: number;
  log: Pick<Log, 'info' | 'warn'>;
  /** Only this one; left out: all. */
  batchId?: string;
}

/** One run over the rows that wait. */
export function workOff(ports: OpenBatches, { deadlineMs, log, ...only }: Run): Promise<WorkOffReport> {
  return workOffBatches(
    { ...ports, upstream: noticing(ports.upstream, log) },
    {
      deadlineMs,
      ...only,
      onError(error, about) {
        const upstreamRequestId = error instanceof QianmaError ? error.upstreamRequestId : undefined;
        log.warn('survived', { step: 'batch', ...about, ...defined({ upstreamRequestId }) }, error);
      },
    },
  );
}
