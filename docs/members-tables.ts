import type { Language } from '../shared/text.ts';
import { code, page, table } from './markdown.ts';
import { actionMembers } from './members/actions.ts';
import type { Members } from './members/members.ts';
import { structs } from './members/structs.ts';

const words = {
  en: {
    headings: ['Member', 'Type', 'Meaning'],
    request: 'Takes',
    answer: 'Answers',
    nothing: 'nothing of its own',
    upstream: (name: string) => `Beside upstream's own members ([${name}](api.md#${name.toLowerCase()})):`,
    structs: 'Structs of the answers',
    code: 'Answers the code as it is afterwards: [Code](#code).',
    dryRun: 'Answers to `DryRun: true`',
  },
  zh: {
    headings: ['字段', '类型', '含义'],
    request: '请求',
    answer: '应答',
    nothing: '无自有字段',
    upstream: (name: string) => `上游自己的字段见 [${name}](api.zh-CN.md#${name.toLowerCase()})，另有：`,
    structs: '应答中的结构体',
    code: '应答为修改后的签署码：[Code](#code)。',
    dryRun: '`DryRun: true` 的应答',
  },
} as const;

const elsewhere: Readonly<Record<string, { en: string; zh: string }>> = {
  Agent: { en: '[Agent](api.md#agent)', zh: '[Agent](api.zh-CN.md#agent)' },
  RenewalPolicy: {
    en: '[RenewalPolicy](renewal.md#renewalpolicy)',
    zh: '[RenewalPolicy](renewal.zh-CN.md#renewalpolicy)',
  },
  any: { en: 'object', zh: 'object' },
};

function typeCell(type: string, language: Language): string {
  const [, name = '', list = '', optional = ''] = /^(\w+)(\[\])?(\?)?$/.exec(type) ?? [];
  const shown = elsewhere[name]?.[language] ?? (name in structs ? `[${name}](#${name.toLowerCase()})` : name);
  return `${shown}${list}${optional}`;
}

function membersTable(members: Members, language: Language): string {
  const rows = Object.entries(members).map(([name, { type, ...text }]) => [
    code(name),
    typeCell(type, language),
    text[language],
  ]);
  return table(words[language].headings, rows);
}

/** Sections for each action and each struct, for `docs/functions.md`. */
export function membersSections(language: Language): string {
  const text = words[language];
  const actions = Object.entries(actionMembers).flatMap(
    ([name, { upstream, request, answer, dryAnswer }]) => [
      `### ${name}`,
      ...(upstream ? [text.upstream(name)] : []),
      ...part(text.request, request, language),
      ...(answer === structs.Code ? [text.code] : part(text.answer, answer, language)),
      ...(dryAnswer ? part(text.dryRun, dryAnswer, language) : []),
    ],
  );
  const shapes = Object.entries(structs).flatMap(([name, members]) => [
    `### ${name}`,
    membersTable(members, language),
  ]);
  return page(...actions, `## ${text.structs}`, ...shapes).trimEnd();
}

function part(title: string, members: Members, language: Language): string[] {
  if (Object.keys(members).length === 0) return [`${title}: ${words[language].nothing}`];
  return [`${title}:`, membersTable(members, language)];
}
