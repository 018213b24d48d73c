import { readArguments, wrong } from '../../shared/shell/arguments.ts';
import type { Text } from '../../shared/text.ts';

const methods = ['deploy', 'plan', 'info', 'rollback', 'remove'] as const;
export type Method = (typeof methods)[number];

/** What the command line says. */
export interface DeployArguments {
  method: Method;
  stage: string | undefined;
  json: boolean;
  prune: boolean;
  replace: boolean;
  /** Leaves the smoke tests out. */
  skipSmoke: boolean;
  /** Deletes functions without a question. */
  yes: boolean;
}

const options = {
  stage: { type: 'string' },
  json: { type: 'boolean', default: false },
  prune: { type: 'boolean', default: false },
  replace: { type: 'boolean', default: false },
  'skip-smoke': { type: 'boolean', default: false },
  yes: { type: 'boolean', default: false },
} as const;

/** @throws Failure `InvalidRequest` naming everything that is wrong */
export function readDeployArguments(argv: readonly string[]): DeployArguments {
  const { values, positionals } = readArguments(argv, options, { positionals: true });
  const [name = 'deploy', ...more] = positionals;
  const method = methods.find((one) => one === name);
  const unknown = [...(method === undefined ? [name] : []), ...more];
  if (method === undefined || more.length > 0) throw wrong(unknown.map(noMethod));
  const { stage, json, prune, replace, yes } = values;
  if (stage !== undefined && !/^[a-z][a-z0-9]{0,15}$/.test(stage)) throw wrong([notAStage]);
  if (method === 'remove' && stage === undefined) throw wrong([stageless]);
  return { method, stage, json, prune, replace, yes, skipSmoke: values['skip-smoke'] };
}

const noMethod = (name: string): Text => ({
  zh: `没有方法 ${name}，可用的有：${methods.join('、')}`,
  en: `there is no method ${name}: they are ${methods.join(', ')}`,
});

/** What is deleted is gone with its addresses for good: an exported variable does not choose it. */
const stageless = {
  zh: 'remove 会删除整个环境：请用 --stage 指明',
  en: 'remove deletes a whole stage: name it with --stage',
};

const notAStage = {
  zh: '--stage 须为小写字母与数字，如 dev 或 prod',
  en: '--stage must be lower-case letters and digits, such as dev or prod',
};

export const usage: Text = {
  en: [
    'usage: npm run deploy -- [method] [options]        or        s <method> -t serverless.yml [options]',
    'methods',
    '  deploy     makes the cloud as serverless.yml describes it (the default)',
    '  plan       shows every call that deploy would make, and why; changes nothing',
    '  info       shows what is there: status, version, addresses',
    '  rollback   serves again what was served before the last deployment',
    '  remove     deletes every function of the stage, and its paths on custom domains; asks first',
    'options',
    '  --stage <name>  dev, prod, …; or the variable STAGE, but for remove. Values come from the environment and from .env.<stage>',
    '  --json          one JSON object a line instead of text',
    '  --prune         deploy, plan: deletes functions of the stage that serverless.yml no longer has; deploy asks first',
    '  --replace       deploy, plan: deletes and creates what cannot be changed; deploy asks first',
    '  --skip-smoke    deploy: does not call the functions afterwards',
    '  --yes           does not ask before functions are deleted',
  ].join('\n'),
  zh: [
    '用法：npm run deploy -- [方法] [选项]        或        s <方法> -t serverless.yml [选项]',
    '方法',
    '  deploy     使云上与 serverless.yml 一致（默认）',
    '  plan       列出 deploy 会发出的每个调用及原因；不做任何改动',
    '  info       列出现状：状态、版本、地址',
    '  rollback   恢复上一次部署之前的版本',
    '  remove     删除该环境的全部函数，及其在自定义域名上的路径；会先询问',
    '选项',
    '  --stage <名称>  dev、prod 等；除 remove 外也可用环境变量 STAGE。取值来自环境变量与 .env.<stage>',
    '  --json          每行输出一个 JSON 对象',
    '  --prune         deploy、plan：删除 serverless.yml 中已没有的本环境函数；deploy 会先询问',
    '  --replace       deploy、plan：无法修改的先删除再创建；deploy 会先询问',
    '  --skip-smoke    deploy：部署后不试调用函数',
    '  --yes           删除函数前不询问',
  ].join('\n'),
};
