import { api } from '../../shared/essbasic/api.ts';
import { type ErrorCodeName, errorCodes } from '../../shared/essbasic/error-codes.ts';
import { publishedCodesOf } from '../../shared/essbasic/published-codes.ts';
import { signCodeFitness } from '../../shared/essbasic/sign-code-fitness.ts';
import { quoted as code, coverageHead, list, otherActions, plain, table } from '../cloud-api/coverage.ts';
import { assumptions, omissions } from './assumptions.ts';
import { placeholders, shippedShapeNames } from './callbacks/message-shape.ts';
import { sentNotifications } from './callbacks/sent-notifications.ts';
import { controlPrefix } from './control/control-route.ts';
import { controlRoutes } from './control/control-routes.ts';
import { emulatedChecks } from './emulated-checks.ts';
import { allEmulatedActions } from './gateway/emulated-actions.ts';
import { forcingId } from './gateway/forced-error.ts';
import { type EmulatedName, goodRequests } from './good-requests.ts';
import { type Provocation, provocations, type Twist } from './provocations.ts';
import { seedCodes } from './seeds/codes.ts';
import { organisations, selfBuiltAppId } from './seeds/organisations.ts';
import { seedFacts } from './seeds/seed-facts.ts';
import { templates } from './seeds/templates.ts';
import { codeStatus } from './state/code-status.ts';
import type { Organisation } from './state/entities.ts';
import { upstreamActions } from './upstream-actions.ts';

/** The command that writes the rendering to `COVERAGE.md`. */
export const updateCommand = 'npx vitest run local/essbasic/coverage.test.ts -u';

/** `COVERAGE.md`: what is emulated and what is not, how each error code is provoked, and what is assumed. */
export async function renderCoverage(): Promise<string> {
  const emulatedActions = await allEmulatedActions();
  const facts = {
    updateCommand,
    title: 'What the essbasic emulator covers · 模拟器覆盖范围',
    api: `${api.service} ${api.version}`,
    emulated: emulatedActions.map(({ name }) => name),
    upstreamActions,
  };
  const blocks = [
    ...coverageHead(facts),
    '## Seeds · 初始数据',
    table(
      ['', '', 'Value 值'],
      seedFacts.map(({ zh, en, value }) => [en, zh, code(value)]),
    ),
    ...seedSections(),
    '## Actions · 接口',
    ...emulatedActions.flatMap(({ contract }) =>
      actionSection(contract.name, publishedCodesOf(contract.name)),
    ),
    '## Errors of the gateway · 网关错误',
    'Provoked with any action, by something other than the body. A call may come by POST or GET and be signed with TC3-HMAC-SHA256, HmacSHA256 or HmacSHA1; the codes are the same.\n与接口无关，由请求体以外的因素触发。可用 POST 或 GET，签名方法为 TC3-HMAC-SHA256、HmacSHA256 或 HmacSHA1，错误码相同。',
    table(
      ['Code 错误码', 'What is done 触发方式', '原因', 'Cause'],
      provocations
        .filter(({ twist }) => twist)
        .map((one) => [code(one.code), twistText(one), one.why.zh, one.why.en]),
    ),
    '## Any other code · 其他错误码',
    `A TemplateId or QrCodeId of the form ${code('force:<code>')} is answered with that code, after the signature, the rate and the members have been checked. These can be provoked in no other way:\n形如 ${code('force:<错误码>')} 的 TemplateId 或 QrCodeId 会得到该错误码，此前照常检查签名、频率与参数。以下错误码只能这样触发：`,
    unprovoked().map(code).join(', '),
    `For example ${code(forcingId('ServiceUnavailable'))}. Codes that are in no list can be provoked by a fault.\n例如 ${code(forcingId('ServiceUnavailable'))}。列表之外的错误码可用故障触发。`,
    '## Control plane · 控制面',
    table(
      ['Route 路径', '说明', 'Description', 'Example 示例'],
      controlRoutes.map(({ method, path, summary, example }) => [
        code(`${method} ${controlPrefix}/${path}`),
        plain(summary.zh),
        plain(summary.en),
        example === undefined ? '' : code(example),
      ]),
    ),
    '## Notifications · 通知',
    ...notificationSection(),
    '## Assumptions · 假定',
    list(assumptions),
    '## Not emulated · 未模拟',
    list(omissions),
    otherActions(facts),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function notificationSection(): string[] {
  return [
    table(
      ['MsgType', '何时发送', 'When', 'MsgData', '出处'],
      sentNotifications.map(({ MsgType, when, members }) => [
        code(MsgType),
        when.zh,
        when.en,
        members.en,
        members.zh,
      ]),
    ),
    `Shapes of the unpublished ones, chosen by ${code('shape')}: ${shippedShapeNames.map(code).join(', ')} (${code('callbacks/shapes/')}), or a template of your own, with these placeholders, each written as ${code('{{QrCodeId}}')}:\n未公布者的样式由 ${code('shape')} 选定：${shippedShapeNames.map(code).join('、')}（${code('callbacks/shapes/')}），或自定模板，可用占位符如下，写作 ${code('{{QrCodeId}}')}：`,
    table(
      ['MsgType', 'Placeholders 占位符'],
      Object.entries(placeholders).map(([type, names]) => [code(type), names.map(code).join(', ')]),
    ),
  ];
}

function seedSections(): string[] {
  return [
    '### Organisations · 企业',
    table(
      ['AppId', 'ProxyOrganizationOpenId', 'ProxyOperator.OpenId', 'quota', 'Wrong with it 异常'],
      organisations.map(({ AppId, ProxyOrganizationOpenId, operators, quota, ...state }) => [
        code(AppId),
        code(ProxyOrganizationOpenId),
        operators
          .map(({ OpenId, verified }) => `${code(OpenId)}${verified ? '' : ' (not verified 未实名)'}`)
          .join(', '),
        String(quota),
        troubleOf(state),
      ]),
    ),
    `${code(selfBuiltAppId)} is an application of the wrong kind, a self-built one · 为自建应用，类型不符`,
    '### Templates · 模板',
    table(
      ['TemplateId', 'Name 名称', 'Organisation 企业', 'Can carry a code? 能否生成签署码'],
      templates.map(({ ProxyOrganizationOpenId, template }) => {
        const { fitness, reasons } = signCodeFitness(template);
        const rules = reasons.map(({ rule }) => rule).join(', ');
        return [
          code(template.TemplateId),
          template.TemplateName ?? '',
          code(ProxyOrganizationOpenId),
          rules === '' ? fitness : `${fitness}: ${rules}`,
        ];
      }),
    ),
    '### Codes · 签署码',
    table(
      ['QrCodeId', 'Organisation 企业', 'State 状态'],
      seedCodes(0).map((one) => [code(one.QrCodeId), code(one.ProxyOrganizationOpenId), codeStatus(one, 0)]),
    ),
  ];
}

function troubleOf({
  verified,
  closing,
  authorised,
  licensed,
}: Pick<Organisation, 'verified' | 'closing' | 'authorised' | 'licensed'>): string {
  const troubles = [
    verified ? '' : 'not verified 未实名',
    closing ? 'closing 注销中' : '',
    authorised ? '' : 'has not authorised the platform 未授权平台',
    licensed ? '' : 'its plan lacks the feature 版本不含此功能',
  ];
  return troubles.filter((trouble) => trouble !== '').join(', ');
}

function actionSection(name: string, published: readonly string[]): string[] {
  const action = emulatedName(name);
  const rows = provocations.filter((one) => one.action === action && !one.twist);
  return [
    `### ${action}`,
    list(emulatedChecks[action]),
    `The request that is accepted · 会被接受的请求: ${code(JSON.stringify(goodRequests[action]))}`,
    'Each code and the change to that request that provokes it (a JSON Merge Patch: null takes a member away).\n各错误码及其触发方式，即对上述请求的修改（JSON Merge Patch，null 表示去掉该字段）。',
    table(
      ['Code 错误码', 'Published 公布', 'Change 修改', '原因', 'Cause'],
      rows.map((one) => [
        code(one.code),
        published.includes(one.code) ? 'yes 是' : 'no 否',
        code(JSON.stringify(one.patch)),
        one.why.zh,
        one.why.en,
      ]),
    ),
  ];
}

function emulatedName(name: string): EmulatedName {
  if (!Object.hasOwn(goodRequests, name)) throw new TypeError(`There is no good request of ${name}`);
  return name as EmulatedName; // checked in the line before
}

/** Codes of the contract that no provocation but a forced one brings about. */
function unprovoked(): string[] {
  const natural = provocations
    .filter(({ patch }) => !JSON.stringify(patch ?? null).includes(forcingId('' as ErrorCodeName)))
    .map((one) => String(one.code));
  return Object.keys(errorCodes).filter((name) => !natural.includes(name));
}

const twistTexts: { readonly [K in keyof Twist]-?: (value: NonNullable<Twist[K]>) => string } = {
  headers: (headers) =>
    Object.entries(headers)
      .map(([name, value]) => code(`${name}: ${value}`))
      .join(', '),
  authorization: (value) => code(`Authorization: ${value}`),
  method: (value) => code(value),
  secretId: (value) => `SecretId ${code(value)}`,
  secretKey: (value) => `SecretKey ${code(value)}`,
  skewS: (value) => `clock ${value} s · 时钟 ${value} 秒`,
  bodyBytes: (value) => `body of ${value} bytes · 请求体 ${value} 字节`,
  times: (value) => `${value} times within a second · 一秒内 ${value} 次`,
};

function twistText({ twist = {} }: Provocation): string {
  const texts = Object.entries(twistTexts).map(([name, text]) => {
    const value = twist[name as keyof Twist]; // the names of twistTexts are those of Twist
    return value === undefined ? '' : (text as (value: unknown) => string)(value); // and each text takes its own value
  });
  return texts.filter((text) => text !== '').join(', ');
}
