import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { Failure } from '../../shared/errors.ts';
import { type ExitCode, runCommand, type Shell } from '../shell/run-command.ts';
import { type PolicyValues, renderPolicy } from './render-policy.ts';

const policies = ['deployer', 'function-role', 'function-role-trust'] as const;

export const usage = [
  'usage: npm run policies -- <policy> [options]',
  `  <policy>                 ${policies.join(', ')}`,
  '  --uin <id>               of the account; for the deployer',
  '  --stage <stage>          as STAGE; for the deployer',
  '  --region <region>        ap-guangzhou if not told, as in serverless.yml',
  '  --namespace <namespace>  default if not told, as in serverless.yml',
  '  --domain <host>          as CUSTOM_DOMAIN, where there is one',
  '  --role <name>            as FUNCTION_ROLE, where there is one',
].join('\n');

/** What may stand in a resource: nothing that would widen it. */
const form = /^[A-Za-z\d][\w.-]*$/;

const options = {
  uin: { type: 'string' },
  stage: { type: 'string' },
  region: { type: 'string', default: 'ap-guangzhou' },
  namespace: { type: 'string', default: 'default' },
  domain: { type: 'string' },
  role: { type: 'string' },
} as const;

/** Prints a policy for the console of CAM. From the root of the repository, where npm runs scripts. */
export async function runPolicies(
  argv: readonly string[],
  shell: Shell,
  read: (path: string) => Promise<string> = (path) => readFile(path, 'utf8'),
): Promise<ExitCode> {
  const code = await runCommand(shell, async () => {
    const { policy, values } = parse(argv);
    const template = await read(`deploy/policies/${policy}.json`);
    shell.print(JSON.stringify(renderPolicy(template, values), null, 2));
  });
  if (code === 2) shell.tell(usage);
  return code;
}

function parse(argv: readonly string[]): { policy: string; values: PolicyValues } {
  const { values, positionals } = split(argv);
  const policy = policies.find((name) => name === positionals[0]);
  if (policy === undefined || positionals.length > 1)
    throw wrong(`one policy is needed: ${policies.join(', ')}`);
  const bad = Object.entries(values).filter(([, value]) => !form.test(value));
  if (bad.length > 0)
    throw wrong(bad.map(([name]) => `--${name} has characters that cannot be in it`).join('; '));
  return { policy, values };
}

function split(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    throw wrong(
      error instanceof Error ? (error.message.split('.')[0] ?? '') : 'the arguments cannot be read',
    );
  }
}

const wrong = (detail: string) => new Failure('InvalidRequest', { detail });
