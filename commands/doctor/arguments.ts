import { readArguments, wrong } from '../../shared/shell/arguments.ts';
import type { Language, Text } from '../../shared/text.ts';

export interface DoctorArguments {
  /** For whom the trial call acts; null: the organisation is not checked. */
  agent: { organization: string; operator: string } | null;
  template: string | null;
  /** Of `.env.<stage>`, which is read beneath the environment; null: the environment alone. */
  stage: string | null;
  /** A file that `npm run deploy -- info --json` has written; null: none. */
  info: string | null;
  /** Where functions are reached that do not answer under PUBLIC_BASE_URL, by their names. */
  urls: ReadonlyMap<string, string>;
  /** Checks that are not to be made. */
  skip: ReadonlySet<string>;
  json: boolean;
  language: Language;
}

export const usage: Text = {
  en: [
    'usage: npm run doctor -- [options]',
    '  --organization <id> --operator <id>    the organisation and operator that are tried; the application is ESS_APP_ID',
    '  --template <id>                        can this template carry a sign code? needs the two above',
    '  --stage <stage>                        takes what the environment lacks from .env.<stage>, as npm run deploy does',
    '  --info <file>                          what npm run deploy -- info --json has written, in place of asking the deployment of the stage',
    '  --url <Function>=<https://…>           where a function is reached, if not under PUBLIC_BASE_URL; again for others',
    '  --skip <check>                         leaves a check out, such as database where the VPC is out of reach; again for others',
    '  --json                                 one JSON document instead of lines',
    '  --zh, --en                             the language; else that of LC_ALL, LC_MESSAGES or LANG',
    '  API_KEY                                a key with which the check poster draws the poster of a code',
    'Reads the same environment as the functions. Status 0: no check failed, 1: one did, 2: called in a wrong way.',
  ].join('\n'),
  zh: [
    '用法：npm run doctor -- [选项]',
    '  --organization <编号> --operator <编号>   要检查的企业与经办人；应用为 ESS_APP_ID',
    '  --template <编号>                      此模板能否生成签署码；须同时给出以上两项',
    '  --stage <环境>                         环境变量中没有的取自 .env.<环境>，与 npm run deploy 相同',
    '  --info <文件>                          npm run deploy -- info --json 的输出，取代向该环境的部署查询',
    '  --url <函数>=<https://…>               不在 PUBLIC_BASE_URL 下的函数的地址；可重复',
    '  --skip <检查项>                        跳过一项，例如无法访问 VPC 时跳过 database；可重复',
    '  --json                                 输出一个 JSON 文档',
    '  --zh、--en                             语言；不填则取自 LC_ALL、LC_MESSAGES 或 LANG',
    '  API_KEY                                检查项 poster 用此密钥生成一张海报',
    '读取与云函数相同的环境变量。退出码 0：没有检查失败；1：有检查失败；2：用法有误。',
  ].join('\n'),
};

const options = {
  organization: { type: 'string' },
  operator: { type: 'string' },
  template: { type: 'string' },
  stage: { type: 'string' },
  info: { type: 'string' },
  url: { type: 'string', multiple: true },
  skip: { type: 'string', multiple: true },
  json: { type: 'boolean' },
  zh: { type: 'boolean' },
  en: { type: 'boolean' },
} as const;

/** @throws Failure `InvalidRequest` naming everything that is wrong */
export function parseDoctorArguments(
  argv: readonly string[],
  languageOfShell: Language,
  checkIds: readonly string[],
): DoctorArguments {
  const { values } = readArguments(argv, options);
  const problems: Text[] = [];
  const { organization, operator, template, stage, skip = [], json = false } = values;
  if ((organization === undefined) !== (operator === undefined)) {
    problems.push({
      zh: '--organization 与 --operator 须同时给出',
      en: '--organization and --operator belong together',
    });
  }
  if (template !== undefined && organization === undefined) {
    problems.push({
      zh: '--template 须与 --organization、--operator 一起给出',
      en: '--template needs --organization and --operator',
    });
  }
  if ([organization, operator, template].includes(''))
    problems.push({ zh: '编号不能为空', en: 'an id must not be empty' });
  if (stage !== undefined && !/^[\w-]+$/.test(stage)) {
    problems.push({
      zh: '--stage 只能含字母、数字、- 与 _',
      en: '--stage must be letters, digits, - and _',
    });
  }
  if (values.zh === true && values.en === true)
    problems.push({ zh: '--zh 与 --en 不能同时给出', en: '--zh and --en exclude each other' });
  const urls = readUrls(values.url ?? [], problems);
  for (const id of skip.filter((one) => !checkIds.includes(one))) {
    const list = checkIds.join(', ');
    problems.push({
      zh: `没有检查项 ${JSON.stringify(id)}，可用的有：${list}`,
      en: `there is no check ${JSON.stringify(id)}: they are ${list}`,
    });
  }
  if (problems.length > 0) throw wrong(problems);
  return {
    agent: organization === undefined || operator === undefined ? null : { organization, operator },
    template: template ?? null,
    stage: stage ?? null,
    info: values.info ?? null,
    urls,
    skip: new Set(skip),
    json,
    language: values.zh === true ? 'zh' : values.en === true ? 'en' : languageOfShell,
  };
}

function readUrls(texts: readonly string[], problems: Text[]): Map<string, string> {
  const urls = new Map<string, string>();
  for (const text of texts) {
    const [, name = '', url = ''] = /^([\w-]+)=(https?:\/\/\S+)$/.exec(text) ?? [];
    if (URL.canParse(url)) urls.set(name, url.replace(/\/+$/, ''));
    else problems.push({ zh: '--url 须为 <函数>=<https://…>', en: '--url must be <Function>=<https://…>' });
  }
  return urls;
}
