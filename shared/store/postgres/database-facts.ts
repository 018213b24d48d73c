import type { Database } from './database.ts';

/** The oldest PostgreSQL that the statements of this folder are written for. */
export const leastMajorVersion = 15;

export interface ServerVersion {
  major: number;
  /** As the server calls itself. */
  text: string;
}

/** @throws what the query throws */
export async function serverVersion(db: Database): Promise<ServerVersion> {
  const { rows } = await db.query<{ number: number; text: string }>(
    `select current_setting('server_version_num')::int as number, current_setting('server_version') as text`,
  );
  const { number, text } = rows[0] ?? { number: 0, text: '' };
  return { major: Math.floor(number / 10_000), text };
}

/** The time of the database, to which functions are held, too. Epoch milliseconds. @throws what the query throws */
export async function databaseNowMs(db: Database): Promise<number> {
  const { rows } = await db.query<{ ms: number }>(
    'select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms',
  );
  return rows[0]?.ms ?? Number.NaN;
}
