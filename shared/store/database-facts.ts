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
