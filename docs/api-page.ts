import { api } from '../shared/essbasic/api.ts';
import { type ActionDocs, actions, structs } from '../shared/essbasic/field-docs.ts';
import { publishedCodesOf } from '../shared/essbasic/published-codes.ts';
import { signCodeRules } from '../shared/essbasic/sign-code-fitness.ts';
import type { Language, Text } from '../shared/text.ts';
import { fieldTable } from './field-table.ts';
import { code, generated, page, plain, table } from './markdown.ts';

const conventions: readonly Text[] = [
  {
    zh: '请求中的未知字段一律拒绝；应答中的未知字段一律放行，上游每年都会增加。',
    en: 'Unknown fields of a request are rejected; unknown fields of an answer pass, for upstream adds some every year.',
  },
  {
    zh: 'MaxFlowNum、FlowEffectiveDay、QrEffectiveDay 为 0 即“未填”，取默认值。QrCodeExpiredOn 与 Limit 为 0 时同理，属假定。',
    en: 'Zero in MaxFlowNum, FlowEffectiveDay and QrEffectiveDay means "not set": the default applies. That it means the same in QrCodeExpiredOn and Limit is assumed.',
  },
  {
    zh: '上游只说“字符”，未说单位；此处按 Unicode 码位计，属假定，超出时以上游的判定为准。',
    en: 'Upstream says "characters" and not which unit. Here a length counts Unicode code points, which is assumed; what upstream then still rejects comes back as its own error.',
  },
  {
    zh: '上游如何对待负数未公布；此处一律拒绝。',
    en: 'What upstream does with negative numbers is not published; here they are rejected.',
  },
  {
    zh: '“起始”“弃用”为官方 SDK 首次反映该变化的发布日期；空白为未知。',
    en: 'Since and Deprecated are the dates of the official SDK release that first showed the change; empty is unknown.',
  },
];

const words = {
  en: {
    title: 'The upstream API',
    other: '[中文](api.zh-CN.md)',
    testHost: 'joint test',
    actions: 'Actions',
    structs: 'Structs',
    operator: 'Operator is the UserInfo of upstream, with its OpenId required.',
    fitness: 'Can a template carry a sign code?',
    verdicts: 'One "unfit" decides; where there are only "uncertain" ones, upstream does.',
    rules: ['Rule', 'Verdict', 'Upstream answers', 'Description'],
    unfit: 'unfit',
    uncertain: 'uncertain',
    rate: 'Rate limit',
    repeatable: 'May be repeated when no answer came',
    yes: 'yes',
    no: 'no',
    request: 'Request',
    response: 'Response',
    answer: 'Every answer has `RequestId`, or `Error` and `RequestId`.',
    errors: 'Error codes ([meaning](errors.md)): ',
    stop: '.',
  },
  zh: {
    title: '上游接口',
    other: '[English](api.md)',
    testHost: '联调环境',
    actions: '接口',
    structs: '结构体',
    operator: 'Operator 即上游的 UserInfo，只是 OpenId 必填。',
    fitness: '模板能否生成签署码',
    verdicts: '有一条“不可”即不可；只有“不确定”时，由上游判定。',
    rules: ['规则', '结论', '上游错误码', '说明'],
    unfit: '不可',
    uncertain: '不确定',
    rate: '频率限制',
    repeatable: '无应答时可否重发',
    yes: '可',
    no: '不可',
    request: '请求',
    response: '应答',
    answer: '每个应答都带 `RequestId`，失败时另带 `Error` 与 `RequestId`。',
    errors: '错误码（[含义](errors.zh-CN.md)）：',
    stop: '。',
  },
} as const;

/** `docs/api.md` and `docs/api.zh-CN.md`: the upstream API as this project knows it. */
export function apiPage(language: Language): string {
  const text = words[language];
  return page(
    generated,
    `# ${text.title}`,
    text.other,
    `${code(`https://${api.host}/`)} · ${code(`X-TC-Version: ${api.version}`)} · ${text.testHost} ${code(`https://${api.testHost}/`)}`,
    conventions.map((convention) => `- ${convention[language]}`).join('\n'),
    `## ${text.actions}`,
    ...actions.flatMap((action) => actionSection(action, language)),
    `## ${text.structs}`,
    text.operator,
    ...structs.flatMap(({ name, schema, fields }) => [`### ${name}`, fieldTable(schema, fields, language)]),
    `## ${text.fitness}`,
    text.verdicts,
    table(
      text.rules,
      signCodeRules.map((rule) => [
        code(rule.rule),
        rule.certain ? text.unfit : text.uncertain,
        code(rule.code),
        plain(rule[language]),
      ]),
    ),
  );
}

function actionSection({ action, purpose, request, response }: ActionDocs, language: Language): string[] {
  const text = words[language];
  return [
    `### ${action.name}`,
    `${purpose[language]}${text.stop}`,
    [
      `- ${text.rate}: ${action.requestsPerSecond}/s`,
      `- ${text.repeatable}: ${action.repeatable ? text.yes : text.no}`,
    ].join('\n'),
    `#### ${text.request}`,
    fieldTable(action.request, request, language),
    `#### ${text.response}`,
    fieldTable(action.response, response, language),
    text.answer,
    `${text.errors}${publishedCodesOf(action.name).map(code).join(', ')}`,
  ];
}
