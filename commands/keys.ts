/** `npm run keys -- …`: the API keys of the database that DATABASE_URL names. */
import { processShell } from '../shared/shell/shell.ts';
import { runKeys } from './keys/run-keys.ts';

process.exitCode = await runKeys(process.argv.slice(2), processShell());
