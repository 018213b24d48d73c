/**
 * An instance of the renewal function that gets one tick after another, and reports its memory (bytes) four times a
 * second. Arguments: path of the bundle, and how long a tick may take, in milliseconds.
 */
import { createRequire } from 'node:module';

const [path = '', tickMs = '20000'] = process.argv.slice(2);
const { main_handler } = createRequire(import.meta.url)(path);
// Nothing outlives the benchmark.
process.once('disconnect', () => process.exit());
setInterval(() => process.send?.(process.memoryUsage.rss()), 250);

for (;;) {
  const endMs = Date.now() + Number(tickMs);
  await main_handler(
    { Type: 'Timer', TriggerName: 'bench', Time: new Date().toISOString(), Message: '' },
    { request_id: 'bench', getRemainingTimeInMillis: () => endMs - Date.now() },
  );
}
