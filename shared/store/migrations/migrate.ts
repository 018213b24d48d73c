import { hash } from 'node:crypto';
import { Failure } from '../../errors.ts';
import type { Database } from '../postgres/database.ts';
import { sqlState } from '../postgres/database-errors.ts';
import { type Misfit, missingRight, wrongEncoding } from '../postgres/database-fitness.ts';
import { migrations as all } from './index.ts';
import { type Migration, textOf } from './migration.ts';
import { runSteps } from './run-steps.ts';

export interface MigrationReport {
  /** How many migrations this call applied. */
  applied: number;
  /** Number of the newest one that the database has now. */
  version: number;
}

/**
 * Brings the schema up to date. Safe when many instances start at once: each migration is one transaction that
 * begins with its row in `schema_migrations`, so the others wait at that row and then find the work done; one that has
 * steps gets its row when all of them are done. (No advisory locks: distributed engines that speak PostgreSQL lack them.)
 *
 * Open `db` with `statementTimeoutMs: 0` and `lockTimeoutMs: 0`: a migration may take long, and so may waiting for one.
 *
 * @throws Failure `Misconfigured` when an applied migration differs from the one in the code, when the database is
 *   newer than the code, or when its encoding or the rights of its user do not suffice, with the statement that mends it
 */
export async function migrate(
  db: Database,
  migrations: readonly Migration[] = all,
): Promise<MigrationReport> {
  refuse(await wrongEncoding(db));
  try {
    return await applyAll(db, migrations);
  } catch (error) {
    if (isAboutRights(error)) refuse(await missingRight(db), error);
    throw error;
  }
}

/** A right is lacking, or no schema of `search_path` may be looked into. */
const isAboutRights = (error: unknown) => ['42501', '3F000'].includes(sqlState(error) ?? '');

function refuse(misfit: Misfit | undefined, cause?: unknown): void {
  if (misfit === undefined) return;
  const { text, statement } = misfit;
  const detail = { en: `${text.en}: \`${statement}\``, zh: `${text.zh}：\`${statement}\`` };
  throw new Failure('Misconfigured', { detail, cause });
}

async function applyAll(db: Database, migrations: readonly Migration[]): Promise<MigrationReport> {
  await createJournal(db);
  await refuseNewer(db, migrations);
  let applied = 0;
  for (const migration of migrations) {
    if (await apply(db, migration)) applied += 1;
  }
  return { applied, version: migrations.at(-1)?.number ?? 0 };
}

/** SQLSTATEs of two sessions that create the same table at once, `if not exists` or not. */
const createdMeanwhile = ['23505', '42P07', '42710'];

async function createJournal(db: Database): Promise<void> {
  const { rows } = await db.query<{ exists: boolean }>(
    "select to_regclass('schema_migrations') is not null as exists",
    [],
  );
  // An account that may not create tables may still find that there is nothing to do.
  if (rows[0]?.exists === true) return;
  try {
    await db.query(`
      create table if not exists schema_migrations (
        number int primary key,
        name text not null,
        checksum text not null,
        applied_at timestamptz not null default now()
      )`);
  } catch (error) {
    if (!createdMeanwhile.includes(sqlState(error) ?? '')) throw error;
  }
}

async function refuseNewer(db: Database, migrations: readonly Migration[]): Promise<void> {
  const { rows } = await db.query<{ number: number; name: string }>(
    'select number, name from schema_migrations order by number desc limit 1',
  );
  const newest = rows[0];
  const known = migrations.at(-1)?.number ?? 0;
  if (newest === undefined || newest.number <= known) return;
  throw new Failure('Misconfigured', {
    detail: {
      zh: `数据库比此版本更新：已有迁移 ${newest.number}（${newest.name}），代码只到 ${known}`,
      en: `The database is newer than this version: it has migration ${newest.number} (${newest.name}), the code ends at ${known}`,
    },
  });
}

/** Applies one migration; false if the database has it already. */
async function apply(db: Database, migration: Migration): Promise<boolean> {
  const { number, name } = migration;
  const checksum = hash('sha256', textOf(migration));
  if ((await recordedChecksum(db, number)) === undefined) {
    if ('steps' in migration) await runSteps(db, number, migration.steps);
    const won = await db.transaction(async (tx) => {
      const { rowCount } = await tx.query(
        'insert into schema_migrations (number, name, checksum) values ($1, $2, $3) on conflict (number) do nothing',
        [number, name, checksum],
      );
      if (rowCount === 1 && 'sql' in migration) await tx.query(migration.sql);
      return rowCount === 1;
    });
    if (won) return true;
  }
  const recorded = await recordedChecksum(db, number);
  if (recorded === checksum) return false;
  throw new Failure('Misconfigured', {
    detail: {
      zh: `迁移 ${number}（${name}）与建库时所用的不同：内容已变`,
      en: `Migration ${number} (${name}) is not the one that this database was built with: its text has changed`,
    },
  });
}

async function recordedChecksum(db: Database, number: number): Promise<string | undefined> {
  const { rows } = await db.query<{ checksum: string }>(
    'select checksum from schema_migrations where number = $1',
    [number],
  );
  return rows[0]?.checksum;
}
