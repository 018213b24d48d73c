import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readOptionalFile } from '../../shared/shell/text-file.ts';

/**
 * Upstream keeps its address; the emulator has another where `HOST` or `ESSBASIC_PORT` has changed since the last start.
 * Then the links that the register has of earlier codes are moved, so that a phone can open those, too.
 *
 * @param url where the emulator answers others, without a path
 */
export async function followEmulator(dataDirectory: string, url: string, databaseUrl: string): Promise<void> {
  const file = join(dataDirectory, 'emulator-address');
  const before = (await readOptionalFile(file))?.trim();
  if (before === url) return;
  if (before !== undefined && URL.canParse(before)) {
    // Needed by few starts.
    const [{ openPgDatabase }, { moveLinks }] = await Promise.all([
      import('../../shared/store/postgres/pg-database.ts'),
      import('../../shared/store/upkeep/move-links.ts'),
    ]);
    const db = openPgDatabase(databaseUrl);
    try {
      await moveLinks(db, new URL(before).origin, url);
    } finally {
      await db.close();
    }
  }
  await writeFile(file, `${url}\n`);
}
