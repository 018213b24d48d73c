import { inLanguage, type Language, type Text } from '../../text.ts';
import type { Shell } from '../shell.ts';

export interface RecordedShell extends Shell {
  printed: string[];
  told: string[];
  asked: string[];
}

/** A shell that keeps what is said. It has a terminal only where there is an answer. */
export function recordedShell(
  env: Shell['env'] = {},
  { language = 'en', answer }: { language?: Language; answer?: string } = {},
): RecordedShell {
  const printed: string[] = [];
  const told: string[] = [];
  const asked: string[] = [];
  const keep = (lines: string[]) => (line: string | Text) => void lines.push(inLanguage(line, language));
  return {
    env,
    language,
    printed,
    told,
    asked,
    print: keep(printed),
    tell: keep(told),
    async ask(question) {
      asked.push(question[language]);
      return answer;
    },
  };
}
