import { readConfig } from '../../shared/runtime/config.ts';
import { readArguments } from '../../shared/shell/arguments.ts';
import { type ExitCode, runCommand } from '../../shared/shell/run-command.ts';
import type { Shell } from '../../shared/shell/shell.ts';
import { migrate } from '../../shared/store/migrations/migrate.ts';
import { openPgDatabase } from '../../shared/store/postgres/pg-database.ts';

const usage = {
  en: 'usage: npm run migrate\nBrings the schema of the database that DATABASE_URL names up to date. It takes no options.',
  zh: '用法：npm run migrate\n把 DATABASE_URL 所指数据库的表结构升级到最新。没有选项。',
};

/** Prints the version that the schema has afterwards. */
export function runMigrate(argv: readonly string[], shell: Shell): Promise<ExitCode> {
  return runCommand({ argv, shell, usage }, async () => {
    readArguments(argv, {});
    const { DATABASE_URL } = readConfig(shell.env, ['DATABASE_URL']);
    // A migration, or waiting for the one that another process runs, may take as long as it takes.
    const db = openPgDatabase(DATABASE_URL, { statementTimeoutMs: 0, lockTimeoutMs: 0 });
    try {
      const { applied, version } = await migrate(db);
      shell.print({
        zh: `表结构版本 ${version}，本次执行了 ${applied} 个迁移`,
        en: `schema version ${version}, ${applied} ${applied === 1 ? 'migration' : 'migrations'} applied`,
      });
    } finally {
      await db.close();
    }
  });
}
