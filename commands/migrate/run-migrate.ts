import { Failure } from '../../shared/errors.ts';
import { readConfig } from '../../shared/runtime/config.ts';
import { migrate } from '../../shared/store/migrate.ts';
import { openPgDatabase } from '../../shared/store/pg-database.ts';
import { type ExitCode, runCommand, type Shell } from '../shell/run-command.ts';

/** Prints the version that the schema has afterwards. */
export function runMigrate(argv: readonly string[], shell: Shell): Promise<ExitCode> {
  return runCommand(shell, async () => {
    if (argv.length > 0) {
      throw new Failure('InvalidRequest', { detail: 'usage: npm run migrate (it takes no arguments)' });
    }
    const { DATABASE_URL } = readConfig(shell.env, ['DATABASE_URL']);
    // A migration, or waiting for the one that another process runs, may take as long as it takes.
    const db = openPgDatabase(DATABASE_URL, { statementTimeoutMs: 0, lockTimeoutMs: 0 });
    try {
      const { applied, version } = await migrate(db);
      shell.print(
        `schema version ${version}, ${applied} ${applied === 1 ? 'migration' : 'migrations'} applied`,
      );
    } finally {
      await db.close();
    }
  });
}
