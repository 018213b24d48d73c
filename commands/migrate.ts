/** `npm run migrate`: brings the schema of the database that DATABASE_URL names up to date. */
import { processShell } from '../shared/shell/shell.ts';
import { runMigrate } from './migrate/run-migrate.ts';

process.exitCode = await runMigrate(process.argv.slice(2), processShell());
