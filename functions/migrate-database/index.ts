import { invocation } from '../../shared/runtime/invocation.ts';
import { migrate } from '../../shared/store/migrate.ts';
import { openPgDatabase } from '../../shared/store/pg-database.ts';

/** Brings the database up to date: invoked once per deployment, where the database may be out of any shell's reach. */
export const main_handler = invocation({
  name: 'migrate-database',
  needs: ['DATABASE_URL'],
  open: (config) => openPgDatabase(config.DATABASE_URL, { statementTimeoutMs: 0, lockTimeoutMs: 0 }),
  run: ({ resources }) => migrate(resources),
});
