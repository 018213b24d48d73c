import type { Platform } from '../../local/start/testing/platform.ts';

/** A timer fires, and what its function does is done. */
export async function fireTimer({ host }: Platform, functionName: string): Promise<void> {
  const Time = new Date().toISOString();
  const { error } = await host.invoke(functionName, {
    Type: 'Timer',
    TriggerName: 'test',
    Time,
    Message: '',
  });
  if (error !== undefined) throw new Error(error.errorMessage);
}

/** What the call that began a batch has left is the timer's. */
export const workOffBatches = (platform: Platform) => fireTimer(platform, 'work-off-batches');
