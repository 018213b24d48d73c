/** `npm run keys -- …`: the API keys of the database that DATABASE_URL names. */
import { runKeys } from './keys/run-keys.ts';
import { processShell } from './shell/run-command.ts';

process.exitCode = await runKeys(process.argv.slice(2), processShell);
