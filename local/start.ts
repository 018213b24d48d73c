/** `npm start`: the emulator, the database and the functions on this machine, and a first code in the terminal. */
import { fileURLToPath } from 'node:url';
import { QianmaError } from '../shared/errors.ts';
import { startLocalPlatform } from './local-platform.ts';
import { readStartConfiguration } from './start-configuration.ts';
import { describeStart } from './start-report.ts';

const open: (() => Promise<void> | void)[] = [];
let isStopping = false;

/** Closes in reverse what has been opened. A failing clean-up does not keep the others from theirs. */
async function close(): Promise<void> {
  for (const closeOne of open.splice(0).reverse()) {
    try {
      await closeOne();
    } catch (error) {
      say(error);
    }
  }
}

/** One line for a person; a stack only for what nobody has foreseen. */
function say(error: unknown): void {
  const known = error instanceof QianmaError ? (error.detail ?? error.title.en) : undefined;
  console.error(known === undefined ? error : `qianma: ${known}`);
}

async function start(): Promise<void> {
  const configuration = readStartConfiguration(process.env);
  const platform = await startLocalPlatform({
    configuration,
    // This module is dist/local/start.mjs.
    codeRoot: fileURLToPath(new URL('..', import.meta.url)),
    serviceFile: fileURLToPath(new URL('../../serverless.yml', import.meta.url)),
    environment: process.env,
    log: (line) => console.log(line),
    onOpen(closeOne) {
      open.push(closeOne);
      // It came up after the signal had closed the others.
      if (isStopping) void close();
    },
  });
  const colour = process.stdout.isTTY === true && process.env['NO_COLOR'] === undefined;
  console.log(describeStart({ ...configuration, ...platform, colour }));
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  // A second signal finds no listener and ends the process in the ordinary way.
  process.once(signal, () => {
    isStopping = true;
    void close().then(() => process.exit(0));
  });
}

try {
  await start();
} catch (error) {
  // What was being opened when the signal came fails, as it should.
  if (!isStopping) {
    say(error);
    await close();
    process.exit(1);
  }
}
