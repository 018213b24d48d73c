/**
 * A person's calls: one create after another at a steady pace, and the latency of each (milliseconds) sent to the
 * parent; null for one that was refused. Arguments: path of the bundle, the event as JSON, and milliseconds from one
 * call to the next.
 */
import { createRequire } from 'node:module';

const [path = '', json = '{}', paceMs = '100'] = process.argv.slice(2);
const { main_handler } = createRequire(import.meta.url)(path);
const event = JSON.parse(json);
let busy = false;
// Nothing outlives the benchmark.
process.once('disconnect', () => process.exit());

setInterval(() => {
  // One at a time: what is measured is the wait for upstream, not for the own connection.
  if (!busy) void call();
}, Number(paceMs));

async function call(): Promise<void> {
  busy = true;
  const started = performance.now();
  const answer = await main_handler(event, {
    request_id: 'bench',
    getRemainingTimeInMillis: () => 10_000,
  });
  process.send?.(answer.statusCode === 200 ? performance.now() - started : null);
  busy = false;
}
