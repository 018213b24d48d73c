import { invocation } from '../../shared/runtime/task.ts';
import { migrate } from '../../shared/store/migrations/migrate.ts';
import { openPgDatabase } from '../../shared/store/postgres/pg-database.ts';

/** Brings the database up to date: invoked once per deployment, where the database may be out of any shell's reach. */
export const main_handler = invocation({
  name: 'migrate-database',
  needs: ['DATABASE_URL'],
  open: (config, time) =>
    openPgDatabase(config.DATABASE_URL, { ...time, statementTimeoutMs: 0, lockTimeoutMs: 0 }),
  run: ({ resources }) => migrate(resources),
});
