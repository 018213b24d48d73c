import { inLanguage, type Language, type Text } from '../text.ts';
import { endWhenUnread } from './closed-output.ts';
import { languageOfShell } from './language.ts';

/** What a command has of the world. */
export interface Shell {
  env: Readonly<Record<string, string | undefined>>;
  language: Language;
  /** Results, which another program may read. */
  print(line: string | Text): void;
  /** What a person should know. */
  tell(line: string | Text): void;
  /** What a person answers; undefined without a terminal. */
  ask(question: Text): Promise<string | undefined>;
}

/** The shell that the process runs in. */
export function processShell(): Shell {
  const { env, stdout, stderr } = process;
  endWhenUnread(stdout);
  const systemLocale =
    process.platform === 'win32' ? Intl.DateTimeFormat().resolvedOptions().locale : undefined;
  const language = languageOfShell(env, systemLocale);
  return {
    env,
    language,
    print: (line) => void stdout.write(`${inLanguage(line, language)}\n`),
    tell: (line) => void stderr.write(`${inLanguage(line, language)}\n`),
    async ask(question) {
      // Opened when somebody is asked: most commands ask nobody, and would start 5 ms later.
      const { stdin } = process;
      if (!stdin.isTTY || !stderr.isTTY) return undefined;
      const { createInterface } = await import('node:readline/promises');
      const terminal = createInterface({ input: stdin, output: stderr });
      try {
        return await terminal.question(`${inLanguage(question, language)} `);
      } finally {
        terminal.close();
      }
    },
  };
}
