/** `npm run doctor`: is everything in order that the functions depend on? */
import { processShell } from '../shared/shell/shell.ts';
import { runDoctor } from './doctor/run-doctor.ts';

process.exitCode = await runDoctor(process.argv.slice(2), processShell());
