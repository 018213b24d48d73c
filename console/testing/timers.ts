import type { Platform } from '../../local/start/testing/platform.ts';

/** What the call that began a batch has left is the timer's: it runs. */
export async function workOffBatches({ host }: Platform): Promise<void> {
  const Time = new Date().toISOString();
  await host.invoke('work-off-batches', { Type: 'Timer', TriggerName: 'test', Time, Message: '' });
}
