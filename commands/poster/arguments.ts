import { readArguments, wrong } from '../../shared/shell/arguments.ts';
import type { Text } from '../../shared/text.ts';

export const usage: Text = {
  en: [
    'usage: npm run poster -- --code <CodeId>[,<CodeId>…] [options]',
    '  --code <CodeId>[,…]   the codes, 100 at most; or one of the next three',
    '  --slug <slug>         the end of a stable link',
    '  --external-id <id>    your own id',
    '  --label <label>       all codes that have it',
    '  --paper <size>        A4 unless given; A5; Card: A6, for a table',
    '  --format <format>     pdf unless given; svg; png',
    '  --zip                 a file for each code, in an archive with an index',
    '  --name <name>         the name of the gate on this one poster',
    '  --out <file>          where to; under the name that the function gives it unless given',
    '  --url <address>       of the function poster; PUBLIC_BASE_URL/poster unless given',
    '  API_KEY               the key to call with',
  ].join('\n'),
  zh: [
    '用法：npm run poster -- --code <CodeId>[,<CodeId>…] [选项]',
    '  --code <CodeId>[,…]   签署码，至多 100 张；或用以下三项之一',
    '  --slug <末段>         稳定链接的末段',
    '  --external-id <编号>  您自己的编号',
    '  --label <标签>        带此标签的全部签署码',
    '  --paper <纸张>        默认 A4；A5；Card 为 A6 桌面立牌',
    '  --format <格式>       默认 pdf；svg；png',
    '  --zip                 每张签署码一个文件，连同索引打成压缩包',
    '  --name <名称>         仅此一张海报上的签署点名称',
    '  --out <文件>          写到哪里；默认用函数给出的文件名',
    '  --url <地址>          函数 poster 的地址；默认 PUBLIC_BASE_URL/poster',
    '  API_KEY               调用所用的密钥',
  ].join('\n'),
};

const options = {
  code: { type: 'string' },
  slug: { type: 'string' },
  'external-id': { type: 'string' },
  label: { type: 'string' },
  paper: { type: 'string' },
  format: { type: 'string' },
  zip: { type: 'boolean' },
  name: { type: 'string' },
  out: { type: 'string' },
  url: { type: 'string' },
} as const;

export interface PosterCommand {
  /** Where the function answers. */
  url: string;
  key: string;
  query: URLSearchParams;
  /** Undefined: as the function calls it, in the folder at hand. */
  out: string | undefined;
}

const texts = {
  url: {
    zh: '须以 --url 或 PUBLIC_BASE_URL 指明 http(s) 地址',
    en: '--url or PUBLIC_BASE_URL must name an http(s) address',
  },
  key: { zh: '未设置 API_KEY', en: 'API_KEY is not set' },
};

/** @throws Failure `InvalidRequest` naming everything that is wrong. What a code may be asked for by, the function says. */
export function readCommand(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): PosterCommand {
  const { values } = readArguments(argv, options);
  const base = env['PUBLIC_BASE_URL'];
  const url = values.url ?? (base ? `${base.replace(/\/$/, '')}/poster` : '');
  const key = env['API_KEY'] ?? '';
  const isUrl = URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
  const problems = [...(isUrl ? [] : [texts.url]), ...(key === '' ? [texts.key] : [])];
  if (problems.length > 0) throw wrong(problems);
  const members = {
    CodeId: values.code,
    Slug: values.slug,
    ExternalId: values['external-id'],
    Label: values.label,
    Paper: values.paper,
    Format: values.format,
    Zip: values.zip ? 'true' : undefined,
    Name: values.name,
  };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(members)) if (value !== undefined) query.set(name, value);
  return { url, key, query, out: values.out };
}
