import { api } from '../shared/contract/api.ts';
import { type ActionDocs, actions, structs } from '../shared/contract/field-docs.ts';
import { signCodeRules } from '../shared/contract/sign-code-fitness.ts';
import { fieldTable } from './field-table.ts';
import { code, generated, page, plain, table } from './markdown.ts';

const conventions = [
  [
    '请求中的未知字段一律拒绝；应答中的未知字段一律放行，上游每年都会增加。',
    'Unknown fields of a request are refused; unknown fields of an answer pass, for upstream adds some every year.',
  ],
  [
    'MaxFlowNum、FlowEffectiveDay、QrEffectiveDay 为 0 即“未填”，取默认值。QrCodeExpiredOn 与 Limit 为 0 时同理，属假定。',
    'Zero in MaxFlowNum, FlowEffectiveDay and QrEffectiveDay means "not set": the default applies. That it means the same in QrCodeExpiredOn and Limit is assumed.',
  ],
  [
    '上游只说“字符”，未说单位；此处按 Unicode 码位计，属假定，超出时以上游的判定为准。',
    'Upstream says "characters" and not which unit. Here a length counts Unicode code points, which is assumed; what upstream then still refuses comes back as its own error.',
  ],
  [
    '上游如何对待负数未公布；此处一律拒绝。',
    'What upstream does with negative numbers is not published; here they are refused.',
  ],
  [
    '“起始”“弃用”为官方 SDK 首次反映该变化的发布日期；空白为未知。',
    'Since and Deprecated are the dates of the official SDK release that first showed the change; empty is unknown.',
  ],
] as const;

const verdict = (certain: boolean) => (certain ? 'unfit 不可' : 'uncertain 不确定');

/** `docs/api.md`: the upstream API as this project knows it, in both languages. */
export function apiPage(): string {
  return page(
    generated,
    '# The upstream API · 上游接口',
    `${code(`https://${api.host}/`)} · ${code(`X-TC-Version: ${api.version}`)} · joint test 联调 ${code(`https://${api.testHost}/`)}`,
    conventions.map(([zh, en]) => `- ${zh}\n  ${en}`).join('\n'),
    '## Actions · 接口',
    ...actions.flatMap(actionSection),
    '## Structs · 结构体',
    'Operator 即上游的 UserInfo，只是 OpenId 必填。\nOperator is the UserInfo of upstream, with its OpenId required.',
    ...structs.flatMap(({ name, schema, fields }) => [`### ${name}`, fieldTable(schema, fields)]),
    '## Can a template carry a sign code? · 模板能否生成签署码',
    '有一条“不可”即不可；只有“不确定”时，由上游判定。\nOne "unfit" decides; where there are only "uncertain" ones, upstream does.',
    table(
      ['Rule 规则', 'Verdict 结论', 'Upstream answers 上游错误码', '说明', 'Description'],
      signCodeRules.map((rule) => [
        code(rule.rule),
        verdict(rule.certain),
        code(rule.code),
        plain(rule.zh),
        plain(rule.en),
      ]),
    ),
  );
}

function actionSection({ action, purpose, request, response }: ActionDocs): string[] {
  return [
    `### ${action.name}`,
    `${purpose.zh}。\n${purpose.en}.`,
    [
      `- Rate limit 频率限制: ${action.requestsPerSecond}/s`,
      `- May be repeated when no answer came 无应答时可否重发: ${action.repeatable ? 'yes 可' : 'no 不可'}`,
    ].join('\n'),
    '#### Request · 请求',
    fieldTable(action.request, request),
    '#### Response · 应答',
    fieldTable(action.response, response),
    `Every answer has \`RequestId\`, or \`Error\` and \`RequestId\`. 每个应答都带 \`RequestId\`，失败时另带 \`Error\`。`,
    `Error codes 错误码 ([meaning](errors.md) · [含义](errors.zh-CN.md)): ${action.errorCodes.map(code).join(', ')}`,
  ];
}
