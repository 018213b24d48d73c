/** The languages that answers are written in. */
export type Language = 'zh' | 'en';

/** One sentence in each of them. */
export type Text = Readonly<Record<Language, string>>;

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
  const language = /^(zh|en)(-|$)/.exec(tag)?.[1];
  if (language !== 'zh' && language !== 'en') return undefined;
  const quality = parameters[0] ?? 'q=1';
  if (!/^q=(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(quality)) return undefined;
  return { language, quality: Number(quality.slice(2)) };
}
