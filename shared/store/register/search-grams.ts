/**
 * Search for a part of a text, in any language, with an index that every PostgreSQL has.
 *
 * A text is indexed by its pairs of neighbouring characters: Chinese has no spaces for a word index to go by, and
 * the trigrams of `pg_trgm`, an extension, are too long for two-character words. The pairs find candidates, the text
 * itself decides.
 */

/** One text out of several, in the form in which letters of either case and either width are equal. */
export function searchTextOf(parts: readonly (string | null)[]): string {
  return parts
    .filter((part) => part !== null)
    .map(normalised)
    .join('\n');
}

export function normalised(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/** Pairs of neighbouring characters, each once. None reaches across the end of a line. */
export function gramsOf(text: string): string[] {
  const grams = new Set<string>();
  for (const line of text.split('\n')) {
    const characters = [...line];
    for (let i = 1; i < characters.length; i++) grams.add(`${characters[i - 1]}${characters[i]}`);
  }
  return [...grams];
}
