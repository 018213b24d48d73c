import { readArguments } from './arguments.ts';
import { type Command, type ExitCode, runCommand, tellFailure } from './run-command.ts';
import type { Shell } from './shell.ts';

type Close = () => unknown;

/** Takes what is to be closed again, as it comes up. */
export type OnOpen = (close: Close) => void;

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** npm hands on the signal that the terminal has sent already. A third signal ends the process at once. */
const signalsOfOneKey = 2;

/**
 * Runs what serves until it is to stop: opens it, waits for a signal, closes in reverse order. What failed to open
 * is thrown after the rest has been closed.
 */
export async function serveUntilStopped(
  open: (onOpen: OnOpen) => Promise<void>,
  shell: Shell,
  on: Pick<NodeJS.Process, 'on' | 'off' | 'exit'> = process,
): Promise<void> {
  const opened: Close[] = [];
  let signalled = 0;
  let stop: () => void = () => {};
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  const listen = () => {
    signalled += 1;
    if (signalled > signalsOfOneKey) on.exit(1);
    stop();
  };
  for (const signal of signals) on.on(signal, listen);

  let isStopping = false;
  const opening = open((close) => {
    opened.push(close);
    // It came up after the signal had closed the others.
    if (isStopping) void closeAll(opened, shell);
  });
  try {
    await Promise.race([opening, stopped]);
    await stopped;
  } finally {
    isStopping = true;
    // What was being opened when the signal came fails, as it should.
    opening.catch(() => {});
    await closeAll(opened, shell);
    for (const signal of signals) on.off(signal, listen);
  }
}

/** A failing clean-up does not keep the others from theirs. */
async function closeAll(opened: Close[], shell: Shell): Promise<void> {
  for (const close of opened.splice(0).reverse()) {
    try {
      await close();
    } catch (error) {
      tellFailure(shell, error);
    }
  }
}

/** The program of a command that serves, and takes no arguments. */
export function runServer(command: Command, open: (onOpen: OnOpen) => Promise<void>): Promise<ExitCode> {
  return runCommand(command, async () => {
    readArguments(command.argv, {});
    await serveUntilStopped(open, command.shell);
  });
}
