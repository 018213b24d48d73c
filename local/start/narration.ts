import { inLanguage, type Language, type Text } from '../../shared/text.ts';
import type { Clock } from '../clock/clock.ts';
import { type Happening, happeningsIn } from './happenings.ts';

export interface NarrationOptions {
  print: (line: string) => void;
  language: Language;
  /** Does the terminal understand colours? */
  colour: boolean;
  clock: Clock;
  /** What people call codes, by the ids that a log has; not asked unless given. */
  namesOf?: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;
}

export interface Narration {
  /** Takes a line of the log. */
  log(line: string): void;
  /** Prints from now on. Of what came before, only what went wrong is told. */
  begin(): void;
  /** Prints what waits, and nothing any more. */
  end(): void;
}

/** What happens within this time after another thing is told together with it, the same things as one line. */
const gatherMs = 1_000;

const signs = { good: '✓', plain: '·', warning: '!', bad: '✗' } as const;
const colours = { good: 32, plain: 36, warning: 33, bad: 31 } as const;
const dim = 2;

/** Tells a person what happens, a line for each thing, and is silent while nothing does. */
export function createNarration(options: NarrationOptions): Narration {
  const { print, language, colour, clock, namesOf } = options;
  let gathered: Happening[] = [];
  let state: 'before' | 'telling' | 'ended' = 'before';
  let cancel: (() => void) | undefined;

  const paint = (text: string, code: number) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);

  /** Takes what has been gathered, with the time of it. */
  function take(): { at: string; happenings: Happening[] } {
    cancel?.();
    cancel = undefined;
    const happenings = gathered;
    gathered = [];
    return { at: timeOf(clock.nowMs()), happenings };
  }

  function tell({ at, happenings }: ReturnType<typeof take>, names: ReadonlyMap<string, string>): void {
    const lines = new Map<string, Happening>();
    for (const happening of happenings) {
      const text = printable(inLanguage(named(happening, names), language));
      lines.set(text, { ...happening, count: (lines.get(text)?.count ?? 0) + happening.count });
    }
    for (const [text, { tone, count }] of lines) {
      const times = count > 1 ? ` ×${count}` : '';
      print(`${paint(at, dim)}  ${paint(`${signs[tone]} ${text}${times}`, colours[tone])}`);
    }
  }

  const flush = () => tell(take(), noNames);

  /** One after the other, so that lines stay in their order. */
  let telling = Promise.resolve();
  function flushNamed(): void {
    const taken = take();
    if (namesOf === undefined) {
      tell(taken, noNames);
      return;
    }
    const ids = new Set(taken.happenings.flatMap(({ codeId }) => codeId ?? []));
    telling = telling
      .then(() => (ids.size === 0 ? noNames : namesOf([...ids])))
      // Where the database is away, the ids have to do.
      .catch(() => noNames)
      .then((names) => tell(taken, names));
  }

  return {
    log(line) {
      if (state === 'ended') return;
      for (const happening of happeningsIn(line)) {
        if (state === 'before' && !isTrouble(happening)) continue;
        gathered.push(happening);
        if (state === 'telling') cancel ??= clock.after(gatherMs, flushNamed);
      }
    },
    begin() {
      state = 'telling';
      flush();
    },
    end() {
      flush();
      state = 'ended';
    },
  };
}

const noNames: ReadonlyMap<string, string> = new Map();

/** With the name of the code that it is about, else with its id. */
function named({ text, codeId }: Happening, names: ReadonlyMap<string, string>): Text {
  if (codeId === undefined) return text;
  const name = names.get(codeId) ?? codeId;
  return { zh: `「${name}」${text.zh}`, en: `${text.en} [${name}]` };
}

const isTrouble = ({ tone }: Happening) => tone === 'warning' || tone === 'bad';

/** Local time, `HH:MM:SS`. */
function timeOf(ms: number): string {
  const date = new Date(ms);
  return [date.getHours(), date.getMinutes(), date.getSeconds()]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
}

/** One line, which steers no terminal: parts of it may come from a caller. */
const printable = (text: string) => text.replaceAll(/\p{Cc}+/gu, ' ').slice(0, 400);
