/** `npm run emulator`: the emulator on its own. */
import { Failure } from '../../shared/errors.ts';
import { portFailure } from '../port-failure.ts';
import { readShape } from './callbacks/read-shape.ts';
import { createEmulator } from './create-emulator.ts';
import { readEmulatorConfiguration } from './emulator-configuration.ts';
import { seedFacts } from './seeds/seed-facts.ts';

try {
  await run();
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  console.error(error.detail);
  process.exitCode = 1;
}

async function run(): Promise<void> {
  const { port, callbackShape, ...callbacks } = readEmulatorConfiguration(process.env);
  const emulator = createEmulator({
    ...callbacks,
    ...(callbackShape !== undefined && { callbackShape: await readShape(callbackShape) }),
    automatic: true,
    callbackConcurrency: 8,
    logger: (line) => console.log(line),
  });
  const { url } = await emulator.listen(port).catch((cause: unknown) => {
    throw portFailure(port, cause);
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void emulator.close());
  }
  for (const { en, value } of seedFacts) console.log(`${en.padEnd(34)} ${value}`);
  console.log(`ready: API ${url}/  control plane ${url}/_emulator/`);
}
