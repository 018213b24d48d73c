/** `npm run deploy -- [method] [options]`: the component, by the engine of Serverless Devs, without its network. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseDocument } from 'yaml';
import { usage } from './arguments.ts';
import { silenceOthers } from './print.ts';
import { wholeProject } from './whole-project.ts';

const access = 'qianma_serverless_devs_access';
const methods = ['deploy', 'plan', 'info', 'rollback', 'remove'];

const [first, ...rest] = process.argv.slice(2);
const isMethod = first !== undefined && !first.startsWith('-');
const method = isMethod ? first : 'deploy';
const args = isMethod ? rest : process.argv.slice(2);

const tell = (line: string) => void process.stderr.write(`${line}\n`);

if (args.includes('--help') || args.includes('-h')) {
  process.stdout.write(`${usage}\n`);
} else if (method === 'remove' && !args.some((arg) => /^--stage(=|$)/.test(arg))) {
  // What is deleted is gone with its addresses for good: a variable that somebody has exported does not choose it.
  tell('error: remove deletes a whole stage: name it with --stage');
  process.exitCode = 2;
} else if (methods.includes(method)) {
  process.exitCode = await execute();
} else {
  tell(`error: there is no method ${method}\n\n${usage}`);
  process.exitCode = 2;
}

async function execute(): Promise<number> {
  const home = mkdtempSync(join(tmpdir(), 'qianma-deploy-'));
  process.env['serverless_devs_config_home'] = home;
  // No registry, which also means no telemetry.
  process.env['default_serverless_devs_registry_mode'] = 'local';
  // No log files, and no process beside ours that tidies them up.
  process.env['SERVERLESS_DEVS_CICD'] = 'true';
  // The engine looks nowhere else for them, and would ask for them at the terminal.
  process.env[access] ??= '{}';
  const file = resolve('serverless.yml');
  const restore = silenceOthers(process.stdout);
  try {
    const { default: core } = await import('@serverless-devs/core');
    await core.execCommand({
      syaml: file,
      method,
      serverName: firstService(file),
      args: [...args, wholeProject],
      globalArgs: { access, debug: false },
    });
    return 0;
  } catch (error) {
    tell(`error: ${messageOf(error)}`);
    return 1;
  } finally {
    restore();
    rmSync(home, { recursive: true, force: true });
  }
}

/** The engine is asked for one service, and the component does all of them. */
function firstService(file: string): string {
  const content: unknown = parseDocument(readFileSync(file, 'utf8'), { merge: true }).toJS();
  const services = (content as { services?: object } | null)?.services ?? {}; // the component checks the file
  return Object.keys(services)[0] ?? '';
}

/** The engine wraps what a component throws into JSON. */
function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  try {
    const { message } = JSON.parse(text) as { message?: string }; // documented nowhere; a text is what remains
    return message ?? text;
  } catch {
    return text;
  }
}
