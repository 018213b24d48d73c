/** The emulator without its rate limit, in a process of its own. Prints its port. */
import { createEmulator } from '../local/essbasic/create-emulator.ts';

const emulator = createEmulator({ requestsPerSecond: Number.POSITIVE_INFINITY });
const { port } = await emulator.listen();
console.log(port);
