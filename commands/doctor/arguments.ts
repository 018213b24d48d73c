import { parseArgs } from 'node:util';
import { Failure } from '../../shared/errors.ts';
import type { Language } from '../../shared/runtime/language.ts';

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

export const usage = [
  'usage: npm run doctor -- [options]',
  '  --organization <id> --operator <id>    the organisation and operator that are tried; the application is ESS_APP_ID',
  '  --template <id>                        can this template carry a sign code? needs the two above',
  '  --stage <stage>                        takes what the environment lacks from .env.<stage>, as npm run deploy does',
  '  --info <file>                          where everything is reached: what npm run deploy -- info --json has written',
  '  --url <Function>=<https://…>           where a function is reached, if not under PUBLIC_BASE_URL; again for others',
  '  --skip <check>                         leaves a check out, such as database where the VPC is out of reach; again for others',
  '  --json                                 one JSON document instead of lines',
  '  --zh, --en                             the language; else that of LC_ALL, LC_MESSAGES or LANG',
  'Reads the same environment as the functions. Status 0: no check failed, 1: one did, 2: called in a wrong way.',
].join('\n');

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

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws Failure `InvalidRequest` naming everything that is wrong */
export function parseDoctorArguments(
  argv: readonly string[],
  env: Environment,
  checkIds: readonly string[],
): DoctorArguments {
  const values = split(argv);
  const problems: string[] = [];
  const { organization, operator, template, stage, skip = [], json = false } = values;
  if ((organization === undefined) !== (operator === undefined))
    problems.push('--organization and --operator belong together');
  if (template !== undefined && organization === undefined)
    problems.push('--template needs --organization and --operator');
  if ([organization, operator, template].includes('')) problems.push('an id must not be empty');
  if (stage !== undefined && !/^[\w-]+$/.test(stage))
    problems.push('--stage must be letters, digits, - and _');
  if (values.zh === true && values.en === true) problems.push('--zh and --en exclude each other');
  const urls = readUrls(values.url ?? [], problems);
  for (const id of skip.filter((one) => !checkIds.includes(one)))
    problems.push(`there is no check ${JSON.stringify(id)}: they are ${checkIds.join(', ')}`);
  if (problems.length > 0) throw wrong(problems);
  return {
    agent: organization === undefined || operator === undefined ? null : { organization, operator },
    template: template ?? null,
    stage: stage ?? null,
    info: values.info ?? null,
    urls,
    skip: new Set(skip),
    json,
    language: values.zh === true ? 'zh' : values.en === true ? 'en' : languageOfShell(env),
  };
}

function split(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options }).values;
  } catch (error) {
    // Its text names the option and never a value.
    throw wrong([
      error instanceof Error ? (error.message.split('.')[0] ?? '') : 'the arguments cannot be read',
    ]);
  }
}

function readUrls(texts: readonly string[], problems: string[]): Map<string, string> {
  const urls = new Map<string, string>();
  for (const text of texts) {
    const [, name = '', url = ''] = /^([\w-]+)=(https?:\/\/\S+)$/.exec(text) ?? [];
    if (URL.canParse(url)) urls.set(name, url.replace(/\/+$/, ''));
    else problems.push('--url must be <Function>=<https://…>');
  }
  return urls;
}

/** The first of them that is set decides, as in POSIX. */
function languageOfShell(env: Environment): Language {
  const locale = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find(
    (text) => text !== undefined && text !== '',
  );
  return /^zh\b|^zh_/i.test(locale ?? '') ? 'zh' : 'en';
}

function wrong(problems: string[]): Failure {
  return new Failure('InvalidRequest', {
    detail: problems.join('; '),
    problems: problems.map((message) => ({ path: '', message })),
  });
}
