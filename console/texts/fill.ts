export type Facts = Readonly<Record<string, string | number>>;

/**
 * Puts facts into a text: `{name}` is the fact of that name, `{name|one|several}` the first word where the fact is 1 and
 * else the second, for languages that count so.
 */
export function fill(text: string, facts: Facts): string {
  return text.replace(
    /\{(\w+)(?:\|([^|}]+)\|([^|}]+))?\}/g,
    (_, name: string, one: string | undefined, several: string | undefined) => {
      const fact = String(facts[name] ?? '?');
      if (one === undefined || several === undefined) return fact;
      return fact === '1' ? one : several;
    },
  );
}
