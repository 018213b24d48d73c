/** What people read is there in both languages. The types demand a text of each failure; this looks at the rest. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Failure, type FailureFacts } from './errors.ts';

const rooms = ['callback', 'codes', 'delivery', 'essbasic', 'notifications', 'poster', 'runtime', 'upstream'];
/** All that can end up in an answer of a function. The store's own sentences are SQL, and failures that the types look at. */
const answered = [
  ...['errors.ts', 'list-cursor.ts', 'text.ts'].map((name) => join('shared', name)),
  ...['functions', ...rooms.map((room) => join('shared', room))].flatMap(sourcesIn),
];
/**
 * Where words are not ours to choose: those of PostgreSQL and of the platform, which are imitated to the letter; the
 * journal of the stand-ins and their explanations of a signature, which speak like a log; documents in both languages; a PDF without a
 * Chinese font.
 */
const foreign =
  /^local\/(?:postgresql|cloud-api|essbasic\/actions)\/|^local\/scf\/(?:function-host|function-url-response|instance)\.ts$|coverage\.ts$|good-requests\.ts$|template-pdf\.ts$/;
/** Of the log, and of what the stand-in for SCF makes up as the platform's words. */
const logged = /^defect: |^user code exception caught$|^caused by a test$/;
/** What a person at a shell or at a stand-in reads. */
const told = ['commands', 'deploy', 'local', 'shared/scf', 'shared/shell']
  .flatMap(sourcesIn)
  .filter((file) => !foreign.test(file));
const files = [...answered, ...told];

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((name) => name.endsWith('.ts') && !/\.(test|bench|docs)\.ts$|\/testing\/|-docs\.ts$/.test(name));
}

const literal = String.raw`(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|\`(?:\\.|[^\`\\])*\`)`;
const han = /\p{Script=Han}/u;

function withoutComments(source: string): string {
  return source
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/(^|\s)\/\/ .*$/gm, '')
    .replaceAll(/^(?:import|export) [^;]*? from '[^']*';$/gm, '');
}

/** The two halves of each text of a source. */
function textsOf(source: string): { zh: string; en: string }[] {
  const half = (name: string) => String.raw`\b${name}: \s*(${literal})`;
  const pairs = [
    ...source.matchAll(new RegExp(`${half('zh')},\\s*${half('en')}`, 'g')),
    // Rows of a catalogue: `final(404, '…', '…')`, `title('…', '…')`.
    ...source.matchAll(
      new RegExp(
        `\\((?:\\d{3}, )?(?:true, |false, )?(?=[^,]*[\\u4e00-\\u9fff])(${literal}),\\s*(${literal})(?:,\\s*)?\\)`,
        'g',
      ),
    ),
  ].map(([, zh = '', en = '']) => ({ zh, en }));
  const turned = [...source.matchAll(new RegExp(`${half('en')},\\s*${half('zh')}`, 'g'))];
  return [...pairs, ...turned.map(([, en = '', zh = '']) => ({ zh, en }))];
}

/** Sentences of the log, and of failures that show their title alone. */
const forOperators = new RegExp(
  `\\blog(\\.\\w+|\\[\\w+\\])\\(\\s*${literal}|Failure\\('(InternalFailure|DatabaseUnavailable)', \\{\\s*detail:\\s*${literal}`,
  'g',
);

/** Both languages side by side in other ways: words of a page, halves of several lines, a choice between the two. */
const pairs = new RegExp(
  [
    String.raw`\b(?:zh|en): (?:\[[\s\S]*?\n\s*\]\.join|\{[^{}]*\})`,
    // `say('…', '…')`, and the words of a page: Chinese first.
    `(?=[^,\n]*[\\u4e00-\\u9fff])${literal},\\s*${literal}`,
    String.raw`=== 'zh'\s*\?\s*${literal}\s*:\s*${literal}`,
    // What only a defect brings to light is for who mends it.
    String.raw`\bnew (?:Type|Range)?Error\(\s*${literal}`,
  ].join('|'),
  'g',
);

/** Sentences of a source outside of texts: three English words in a row in one literal. */
function sentencesOf(source: string): string[] {
  const rest = textsOf(source)
    .flatMap(({ zh, en }) => [zh, en])
    .reduce((text, half) => text.replace(half, ''), source)
    .replaceAll(pairs, '')
    // The half of a text that is chosen: `en: count === 1 ? '…' : '…'`.
    .replaceAll(/\b(zh|en): .*$/gm, '')
    .replaceAll(forOperators, '')
    // Quotes in a pattern are none.
    .replaceAll(
      /\/(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\n[ ])(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\n[])*\/[a-z]*/g,
      '',
    );
  return (
    [...rest.matchAll(new RegExp(literal, 'g'))]
      .map(([found]) => found.slice(1, -1))
      // A pair of quotes around what is code.
      .filter((found) => !/[;{}]\s*\n/.test(found))
      .filter(
        (found) => !han.test(found) && !logged.test(found) && /(?:\b[a-z][a-z']* ){2,}[a-z]+/i.test(found),
      )
  );
}

describe('what people read', () => {
  const sources = files.map((file) => [file, withoutComments(readFileSync(file, 'utf8'))] as const);

  it('is found', () => {
    expect(sources.flatMap(([, source]) => textsOf(source)).length).toBeGreaterThan(300);
    expect(textsOf("a({ zh: '甲', en: 'b' }); d({\n  en: 'e',\n  zh: '己',\n}); f(404, '庚', 'h')")).toEqual([
      { zh: "'甲'", en: "'b'" },
      { zh: "'庚'", en: "'h'" },
      { zh: "'己'", en: "'e'" },
    ]);
    expect(
      sentencesOf("throw refuse('This is not allowed'); const a = /'/; say({ zh: '甲', en: 'so it is' })"),
    ).toEqual(['This is not allowed']);
  });

  it('is Chinese in the Chinese half, and only there', () => {
    // What has no words of its own needs none: a text around other texts, the tag of a language.
    const isPlain = (text: string) =>
      /^'\w\w(-\w\w)?'$/.test(text) || !/[a-z]{2}/i.test(text.replaceAll(/\$\{[^}]*\}/g, ''));
    const wrong = sources.flatMap(([file, source]) =>
      textsOf(source)
        .filter(({ zh, en }) => han.test(en) || !(han.test(zh) || zh === en || (isPlain(zh) && isPlain(en))))
        .map(({ zh, en }) => `${file}: ${zh} ${en}`),
    );
    expect(wrong).toEqual([]);
  });

  it('has no sentence in English alone', () => {
    const found = sources.flatMap(([file, source]) =>
      sentencesOf(source).map((sentence) => `${file}: ${sentence}`),
    );
    expect(found).toEqual([]);
  });

  it('passes on the words of somebody else in one place alone', () => {
    const users = sources.filter(([, source]) => /\buntranslated\(/.test(source)).map(([file]) => file);
    // What a task throws is printed by the platform, in the language of its log.
    const answering = users.filter((file) => answered.includes(file) && file !== 'shared/text.ts');
    expect(answering).toEqual(['shared/runtime/task.ts']);
  });
});

describe('a failure', () => {
  it('that is shown needs its detail and its problems in both languages', () => {
    // @ts-expect-error English alone
    const detail: FailureFacts = { detail: 'There is no such code' };
    // @ts-expect-error English alone
    const problems: FailureFacts = { problems: [{ path: 'Version', message: 'is old' }] };
    // @ts-expect-error English alone
    expect(() => new Failure('NotFound', { detail: 'There is no such code' })).not.toThrow();
    expect([detail, problems]).toHaveLength(2);
  });

  it('that shows its title alone may speak to the log in English', () => {
    expect(new Failure('InternalFailure', { detail: 'An upsert returned no row' }).sentence('en')).toContain(
      'upsert',
    );
  });
});
