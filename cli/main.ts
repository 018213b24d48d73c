/** `qianma`: the functions from a command line. */
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { processShell } from '../shared/shell/shell.ts';
import { runCli } from './run-cli.ts';

process.exitCode = await runCli(process.argv.slice(2), processShell(), {
  readInput: () => text(process.stdin),
  pause: (ms) => pause(ms),
});
