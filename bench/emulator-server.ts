/**
 * The emulator in a process of its own. Prints its port. Without arguments it has no rate limit; with one, the speed of
 * its clock, it enforces the published limit by that clock.
 */
import { createEmulator } from '../local/essbasic/create-emulator.ts';

// Nothing outlives the benchmark.
process.once('disconnect', () => process.exit());

const speed = process.argv[2];
const emulator = createEmulator(
  speed === undefined ? { requestsPerSecond: Number.POSITIVE_INFINITY } : { speed: Number(speed) },
);
const { port } = await emulator.listen();
console.log(port);
