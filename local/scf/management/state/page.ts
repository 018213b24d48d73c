/** One page of a list. Zero entries are a page too. */
export function pageOf<T>(all: readonly T[], { Offset = 0, Limit = 20 }: Page): T[] {
  return all.slice(Offset, Offset + Limit);
}

interface Page {
  Offset?: number | undefined;
  Limit?: number | undefined;
}

/** A copy in the order of what is compared by; the order of creation decides between equals. */
export function sorted<T>(
  all: readonly T[],
  by: (one: T) => number | string,
  order: 'ASC' | 'DESC' = 'DESC',
): T[] {
  const compare = (a: T, b: T) => (by(a) < by(b) ? -1 : by(a) > by(b) ? 1 : 0);
  const up = [...all].sort(compare);
  return order === 'ASC' ? up : up.reverse();
}
