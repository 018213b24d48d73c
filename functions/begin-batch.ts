import type { Config } from '../shared/runtime/config.ts';
import type { Log } from '../shared/runtime/log/log.ts';
import type { Basis } from './basis.ts';
import type { BatchVariable } from './open-batches.ts';

/** So much of its time a request gives to the batch that it has made. Milliseconds. */
const firstMs = 7_000;

/**
 * Begins a batch within the request that has made it. What goes wrong is the timer's to do again. What rows need is
 * loaded here: the answer to a batch with a mistake in it does not wait for that.
 */
export async function beginBatch(
  config: Config<BatchVariable>,
  basis: Basis,
  batchId: string,
  { deadlineMs, now, log }: { deadlineMs: number; now(): number; log: Pick<Log, 'info' | 'warn'> },
): Promise<void> {
  const endMs = Math.min(deadlineMs - 1_000, now() + firstMs);
  try {
    const { openBatches, workOff } = await import('./open-batches.ts');
    await workOff(openBatches(config, basis), { deadlineMs: endMs, log, batchId });
  } catch (error) {
    log.warn('survived', { step: 'batch', batchId }, error);
  }
}
