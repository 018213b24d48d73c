import { Failure } from '../errors.ts';
import { inBoth, type Text } from '../text.ts';
import { failureText } from './failure-text.ts';
import type { Shell } from './shell.ts';

/** As shells have them: 0 done, 1 failed, 2 called in a wrong way. */
export type ExitCode = 0 | 1 | 2;

export interface Command {
  argv: readonly string[];
  shell: Shell;
  /** What `--help` prints, and what follows the complaint of a wrong call. */
  usage: Text;
}

/**
 * Runs a command, or says how it is called. Turns whatever it throws into one line and an exit code: stack traces help
 * no operator. `NODE_DEBUG=qianma` shows them to those who look for a fault of ours.
 */
export async function runCommand(
  { argv, shell, usage }: Command,
  command: () => Promise<void>,
): Promise<ExitCode> {
  if (argv.includes('--help') || argv.includes('-h')) {
    shell.print(usage);
    return 0;
  }
  try {
    await command();
    return 0;
  } catch (error) {
    tellFailure(shell, error);
    const isWrongCall = error instanceof Failure && error.code === 'InvalidRequest';
    if (!isWrongCall) return 1;
    shell.tell(usage);
    return 2;
  }
}

const prefix: Text = { zh: '错误：', en: 'error: ' };

/** Reports an error in one line. */
export function tellFailure(shell: Shell, error: unknown): void {
  const text = failureText(error);
  shell.tell(inBoth((language) => `${prefix[language]}${text[language]}`));
  if (shell.env['NODE_DEBUG']?.includes('qianma') && error instanceof Error) shell.tell(String(error.stack));
}
