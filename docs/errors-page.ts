import { catalogue, type FailureCode } from '../shared/errors.ts';
import { type ErrorCodeName, errorCodes } from '../shared/essbasic/error-codes.ts';
import { errorDocs, type Origin } from '../shared/essbasic/error-docs.ts';
import { errorCodeFacts } from '../shared/essbasic/error-kinds.ts';
import { actions } from '../shared/essbasic/field-docs.ts';
import { publishedCodesOf } from '../shared/essbasic/published-codes.ts';
import { failureDocs } from '../shared/explain/failure-docs.ts';
import type { Language, Text } from '../shared/text.ts';
import { code, compactTable, generated, page, plain, table } from './markdown.ts';

/** One failure as the documents show it, of upstream or of our own. */
interface Entry {
  code: string;
  status: number;
  retryable: boolean;
  meaning: Text;
  cause: Text;
  remedy: Text;
}

const words = {
  en: {
    title: 'Errors',
    other: '[中文](errors.zh-CN.md)',
    intro:
      'A failure arrives as `application/problem+json` with the HTTP status and the `code` below. Retry: the very same request may succeed later. Upstream publishes neither causes nor remedies: these are ours. `InvalidRequest` is both a code of our own (400) and one of upstream (502).',
    own: 'Our own',
    published: 'Published by upstream for our actions',
    seen: 'Seen in an example of upstream, in none of its lists',
    ess: 'Published by the sibling product `ess` for the same feature',
    common: 'Common codes of Cloud API 3.0',
    unlisted:
      'A code that stands nowhere here is treated as its family, the part before the dot; a family that stands nowhere here answers 502 and is not to be retried.',
    headings: ['Code', 'HTTP', 'Retry', 'Meaning', 'Cause', 'What to do'],
    origin: 'From',
    yes: 'yes',
    no: 'no',
  },
  zh: {
    title: '错误',
    other: '[English](errors.md)',
    intro:
      '失败以 `application/problem+json` 返回，带有下列 HTTP 状态与 `code`。“可重试”指原样重发以后可能成功。上游不公布原因与处理办法，此处为本项目的说明。`InvalidRequest` 既是本项目的错误（400），也是上游的错误码（502）。',
    own: '本项目的错误',
    published: '上游为所用接口公布的错误码',
    seen: '仅见于上游示例、未列入其清单的错误码',
    ess: '同类产品 `ess` 为同一功能公布的错误码',
    common: '云 API 3.0 公共错误码',
    unlisted: '未列出的错误码按其点号前的大类处理；大类也未列出的，返回 502，不可重试。',
    headings: ['错误码', 'HTTP', '可重试', '含义', '可能原因', '处理办法'],
    origin: '来源',
    yes: '是',
    no: '否',
  },
} as const;

/** In the order of the sources. */
const keysOf = <Key extends string>(record: Readonly<Record<Key, unknown>>) => Object.keys(record) as Key[]; // Object.keys forgets the keys of a literal

const ownEntries: readonly Entry[] = keysOf<FailureCode>(catalogue).map((name) => {
  const { zh, en, ...facts } = catalogue[name];
  return { code: name, ...facts, meaning: { zh, en }, ...failureDocs[name] };
});

const entryOf = (name: ErrorCodeName): Entry => {
  const { cause, remedy } = errorDocs[name];
  return { code: name, ...errorCodeFacts(name), meaning: errorCodes[name], cause, remedy };
};

const codes = keysOf<ErrorCodeName>(errorCodes);
const originsOf = (name: ErrorCodeName): readonly Origin[] => errorDocs[name].origins ?? [];
const actionsWith = (name: ErrorCodeName) =>
  actions.map(({ action }) => action).filter((action) => publishedCodesOf(action.name).includes(name));

/** Each code stands once, in the first group that fits. */
const groupOf = (name: ErrorCodeName): 'published' | Origin =>
  originsOf(name).includes('seen')
    ? 'seen'
    : actionsWith(name).length > 0
      ? 'published'
      : (originsOf(name)[0] ?? 'published');

/** Where a code of the first two groups is known from: the actions, then other products. */
function originCell(name: ErrorCodeName): string {
  const elsewhere = { seen: [], ess: ['`ess`'], common: ['Cloud API 3.0'] } as const;
  return [
    ...actionsWith(name).map((action) => code(action.name)),
    ...originsOf(name).flatMap((origin) => elsewhere[origin]),
  ].join(', ');
}

function upstreamSection(group: 'published' | Origin, language: Language): string[] {
  const text = words[language];
  const members = codes.filter((name) => groupOf(name) === group);
  // The heading of the last two groups says it already.
  const origin = (name: ErrorCodeName) => (group === 'ess' || group === 'common' ? '' : originCell(name));
  const rows = members.map((name) => [...row(entryOf(name), language), origin(name)]);
  return [`## ${text[group]}`, compactTable([...text.headings, text.origin], rows)];
}

/** `docs/errors.md` and `docs/errors.zh-CN.md`. */
export function errorsPage(language: Language): string {
  const text = words[language];
  return page(
    generated,
    `# ${text.title}`,
    text.other,
    text.intro,
    `## ${text.own}`,
    table(
      text.headings,
      ownEntries.map((entry) => row(entry, language)),
    ),
    ...(['published', 'seen', 'ess', 'common'] as const).flatMap((group) => upstreamSection(group, language)),
    text.unlisted,
  );
}

function row({ code: name, status, retryable, ...texts }: Entry, language: Language): string[] {
  const retry = retryable ? words[language].yes : words[language].no;
  const { meaning, cause, remedy } = texts;
  return [
    code(name),
    String(status),
    retry,
    ...[meaning, cause, remedy].map((text) => plain(text[language])),
  ];
}
