/** `npm run deploy -- [method] [options]`: the component of Serverless Devs, by its engine. */
import { resolve } from 'node:path';
import { type ExitCode, runCommand } from '../../shared/shell/run-command.ts';
import { processShell } from '../../shared/shell/shell.ts';
import { readDeployArguments, usage } from './arguments.ts';
import { throughEngine } from './engine.ts';

const shell = processShell();
const argv = process.argv.slice(2);
let ended: ExitCode = 0;
const called = await runCommand({ argv, shell, usage }, async () => {
  const { method } = readDeployArguments(argv);
  ended = await throughEngine(method, resolve('serverless.yml'), { argv, shell });
});
process.exitCode = called || ended;
