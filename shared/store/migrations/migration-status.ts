import { hash } from 'node:crypto';
import type { Database } from '../postgres/database.ts';
import { migrations as all } from './index.ts';
import { type Migration, textOf } from './migration.ts';

/** How a database stands to the migrations of the code. All empty: it fits. Numbers and names, as `3 (retention)`. */
export interface MigrationStatus {
  /** In the code and not yet in the database. */
  pending: string[];
  /** In both, but with another text. */
  altered: string[];
  /** In the database and not in the code: it was migrated by a newer version. */
  unknown: string[];
}

/** Looks and changes nothing. */
export async function migrationStatus(
  db: Database,
  migrations: readonly Migration[] = all,
): Promise<MigrationStatus> {
  const applied = await appliedMigrations(db);
  const known = new Set(migrations.map(({ number }) => number));
  return {
    pending: migrations.filter(({ number }) => !applied.has(number)).map(label),
    altered: migrations.filter((one) => isAltered(one, applied.get(one.number)?.checksum)).map(label),
    unknown: [...applied.values()].filter(({ number }) => !known.has(number)).map(label),
  };
}

const label = ({ number, name }: { number: number; name: string }) => `${number} (${name})`;

function isAltered(migration: Migration, checksum: string | undefined): boolean {
  return checksum !== undefined && checksum !== hash('sha256', textOf(migration));
}

interface Applied {
  number: number;
  name: string;
  checksum: string;
}

async function appliedMigrations(db: Database): Promise<Map<number, Applied>> {
  const { rows: journal } = await db.query<{ exists: boolean }>(
    "select to_regclass('schema_migrations') is not null as exists",
  );
  if (journal[0]?.exists !== true) return new Map();
  const { rows } = await db.query<Applied>(
    'select number, name, checksum from schema_migrations order by number',
  );
  return new Map(rows.map((row) => [row.number, row]));
}
