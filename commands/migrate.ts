/** `npm run migrate`: brings the schema of the database that DATABASE_URL names up to date. */
import { runMigrate } from './migrate/run-migrate.ts';
import { processShell } from './shell/run-command.ts';

process.exitCode = await runMigrate(process.argv.slice(2), processShell);
