/** What people read, in both languages of the project. A text is a value; its language is chosen where it leaves the house. */

/** The languages that people are answered in. */
export const languages = ['zh', 'en'] as const;
export type Language = (typeof languages)[number];

/** One sentence in each of them. */
export type Text = Readonly<Record<Language, string>>;

/** A text as an answer shows it, in both languages. */
export interface ShownText {
  En: string;
  Zh: string;
}

export function shownText({ en, zh }: Text): ShownText {
  return { En: en, Zh: zh };
}

/** Has a value both languages as an answer shows them? */
export function isShownText(value: unknown): value is ShownText {
  if (typeof value !== 'object' || value === null) return false;
  return 'En' in value && 'Zh' in value && typeof value.En === 'string' && typeof value.Zh === 'string';
}

/** Why something is as it is. The code and its facts are stored, the sentence is made when it is read. */
export interface Reason<Code extends string> {
  readonly code: Code;
  readonly facts?: Facts;
}

/** The sentence of a reason. */
export function reasonIn<Code extends string>(
  sentences: Readonly<Record<Code, Text>>,
  { code, facts = {} }: Reason<Code>,
): Text {
  return fill(sentences[code], facts);
}

/** What the placeholders of a text stand for. `until` and `since` are times in Unix seconds. */
export type Facts = Readonly<Record<string, string | number>>;

/** Foreign words, which have one language alone. */
export function untranslated(words: string): Text {
  return { zh: words, en: words };
}

/** Is this a text, and nothing beside? */
export function isText(value: unknown): value is Text {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 2) return false;
  return 'zh' in value && 'en' in value && typeof value.zh === 'string' && typeof value.en === 'string';
}

/** A text in one language. What is no {@link Text} has none: a name, a code, foreign words. */
export function inLanguage(text: string | Text, language: Language): string {
  return typeof text === 'string' ? text : text[language];
}

/** The text that is written alike in each language. */
export function inBoth(write: (language: Language) => string): Text {
  return { zh: write('zh'), en: write('en') };
}

/** The text with `{name}` replaced by the fact of that name, by `?` where there is none. */
export function fill(text: Text, facts: Facts): Text {
  return inBoth((language) =>
    text[language].replace(/\{(\w+)\}/g, (_, name: string) => show(name, facts[name])),
  );
}

function show(name: string, fact: string | number | undefined): string {
  if ((name !== 'until' && name !== 'since') || typeof fact !== 'number') return String(fact ?? '?');
  return `${new Date(fact * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

const schemaTexts = new Map<string, Text>();

/** A text as the error of a schema, which is a string there. {@link schemaText} makes a text of it again. */
export function schemaError(text: Text): string {
  schemaTexts.set(text.en, text);
  return text.en;
}

/** Undefined: no {@link schemaError}. */
export const schemaText = (error: string): Text | undefined => schemaTexts.get(error);

/** A header with more ranges than this is no browser's. */
const maxRanges = 32;

/**
 * The language to answer in, from `Accept-Language` (RFC 9110 §12.5.4): Chinese where the header prefers it to
 * English, else English. Of two that are liked equally the one named first wins. A range whose quality cannot be
 * read is passed over.
 */
export function languageOf(acceptLanguage: string | undefined): Language {
  let best: { language: Language; quality: number } = { language: 'en', quality: 0 };
  for (const text of (acceptLanguage ?? '').split(',', maxRanges)) {
    const range = readRange(text);
    if (range !== undefined && range.quality > best.quality) best = range;
  }
  return best.language;
}

function readRange(text: string): { language: Language; quality: number } | undefined {
  const [tag = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const language = /^(zh|en)([-_]|$)/.exec(tag)?.[1];
  if (language !== 'zh' && language !== 'en') return undefined;
  const quality = parameters[0] ?? 'q=1';
  if (!/^q=(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(quality)) return undefined;
  return { language, quality: Number(quality.slice(2)) };
}
