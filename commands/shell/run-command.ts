import { Failure } from '../../shared/errors.ts';

/** What a command has of the world. */
export interface Shell {
  env: Readonly<Record<string, string | undefined>>;
  /** Results, which another program may read. */
  print(line: string): void;
  /** What a person should know. */
  tell(line: string): void;
}

/** Exit codes, as shells have them: 0 done, 1 failed, 2 called in a wrong way. */
export type ExitCode = 0 | 1 | 2;

/** Runs a command and turns whatever it throws into one line and an exit code. Stack traces help no operator. */
export async function runCommand(shell: Shell, command: () => Promise<void>): Promise<ExitCode> {
  try {
    await command();
    return 0;
  } catch (error) {
    shell.tell(`error: ${oneLine(error)}`);
    return error instanceof Failure && error.code === 'InvalidRequest' ? 2 : 1;
  }
}

function oneLine(error: unknown): string {
  if (error instanceof Failure) {
    const cause =
      error.code === 'DatabaseUnavailable' && error.cause instanceof Error ? ` (${error.cause.message})` : '';
    return `${error.detail ?? error.title.en}${cause}`.replaceAll(/\s+/g, ' ');
  }
  return String(error).replaceAll(/\s+/g, ' ');
}

/** The shell that the process runs in. */
export const processShell: Shell = {
  env: process.env,
  print: (line) => void process.stdout.write(`${line}\n`),
  tell: (line) => void process.stderr.write(`${line}\n`),
};
