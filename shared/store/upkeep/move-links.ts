import type { Database } from '../postgres/database.ts';

/**
 * Of a stand-in for upstream that answers at another address by now: what it has told of its codes leads there, too.
 * Tencent's own addresses are never touched.
 *
 * @param from scheme, host and port, as `to`
 */
export async function moveLinks(db: Database, from: string, to: string): Promise<void> {
  // In JSON an address begins behind a quotation mark, and nothing but an address begins like this.
  await db.query('update generations set urls = replace(urls, $1, $2) where position($1 in urls) > 0', [
    `"${from}/`,
    `"${to}/`,
  ]);
}
