import { readArguments, wrong } from '../../shared/shell/arguments.ts';
import { type ExitCode, runCommand } from '../../shared/shell/run-command.ts';
import type { Shell } from '../../shared/shell/shell.ts';
import { readTextFile } from '../../shared/shell/text-file.ts';
import type { Text } from '../../shared/text.ts';
import { type PolicyValues, renderPolicy } from './render-policy.ts';

const policies = ['deployer', 'function-role', 'function-role-trust'] as const;

const usage: Text = {
  en: [
    'usage: npm run policies -- <policy> [options]',
    `  <policy>                 ${policies.join(', ')}`,
    '  --uin <id>               of the account; for the deployer',
    '  --stage <stage>          as STAGE; for the deployer',
    '  --region <region>        ap-guangzhou unless given, as in serverless.yml',
    '  --namespace <namespace>  default unless given, as in serverless.yml',
    '  --domain <host>          as CUSTOM_DOMAIN, where there is one',
    '  --role <name>            as FUNCTION_ROLE, where there is one',
  ].join('\n'),
  zh: [
    '用法：npm run policies -- <策略> [选项]',
    `  <策略>                   ${policies.join('、')}`,
    '  --uin <编号>             主账号编号；用于 deployer',
    '  --stage <环境>           与 STAGE 相同；用于 deployer',
    '  --region <地域>          默认 ap-guangzhou，与 serverless.yml 一致',
    '  --namespace <命名空间>   默认 default，与 serverless.yml 一致',
    '  --domain <域名>          与 CUSTOM_DOMAIN 相同，如有',
    '  --role <名称>            与 FUNCTION_ROLE 相同，如有',
  ].join('\n'),
};

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
export function runPolicies(
  argv: readonly string[],
  shell: Shell,
  read: (path: string) => Promise<string> = readTextFile,
): Promise<ExitCode> {
  return runCommand({ argv, shell, usage }, async () => {
    const { policy, values } = parse(argv);
    const template = await read(`deploy/policies/${policy}.json`);
    shell.print(JSON.stringify(renderPolicy(template, values), null, 2));
  });
}

function parse(argv: readonly string[]): { policy: string; values: PolicyValues } {
  const { values, positionals } = readArguments(argv, options, { positionals: true });
  const [given, ...more] = positionals;
  const policy = policies.find((name) => name === given);
  const list = policies.join(', ');
  if (given === undefined || more.length > 0)
    throw wrong([{ zh: `须指定一个策略：${list}`, en: `one policy is needed: ${list}` }]);
  if (policy === undefined)
    throw wrong([
      { zh: `没有策略 ${given}，可用的有：${list}`, en: `there is no policy ${given}: they are ${list}` },
    ]);
  const bad = Object.entries(values).filter(([, value]) => !form.test(value));
  if (bad.length > 0) {
    throw wrong(
      bad.map(([name]) => ({
        zh: `--${name} 含有不允许的字符`,
        en: `--${name} has characters that cannot be in it`,
      })),
    );
  }
  return { policy, values };
}
