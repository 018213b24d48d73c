/** `npm run doctor`: is everything in order that the functions depend on? */
import { runDoctor } from './doctor/run-doctor.ts';
import { processShell } from './shell/run-command.ts';

process.exitCode = await runDoctor(process.argv.slice(2), processShell);
