import type { ErrorCodeName } from '../../shared/essbasic/error-codes.ts';
import type { Text } from '../../shared/text.ts';
import type { Json } from '../cloud-api/merge-patch.ts';
import { forcingId } from './gateway/forced-error.ts';
import type { EmulatedName } from './good-requests.ts';
import { cancelledCodeId } from './seeds/codes.ts';
import { selfBuiltAppId, unverifiedOperator } from './seeds/organisations.ts';
import { noQuotaTemplateId, zooTemplateId } from './seeds/templates.ts';

/** A request that provokes an error code: the good request of the action (`good-requests.ts`), changed. */
export interface Provocation {
  action: EmulatedName;
  code: ErrorCodeName;
  /** A JSON Merge Patch on the good request: null takes a member away. */
  patch?: Json;
  /** What else is done, where the body alone does not do it. */
  twist?: Twist;
  /** Why it is refused. */
  why: Text;
}

export interface Twist {
  /** Headers set before the request is signed. */
  headers?: Readonly<Record<string, string>>;
  /** Replaces the header `Authorization`. */
  authorization?: string;
  method?: 'PUT';
  secretId?: string;
  secretKey?: string;
  /** Seconds by which the clock of the client is ahead. */
  skewS?: number;
  /** Fills the body up to so many bytes. */
  bodyBytes?: number;
  /** Sends the request so many times within a second; the last one is refused. */
  times?: number;
}

type Row = readonly [code: ErrorCodeName, patch: Json, why: Text];

const forced: Text = { zh: '编号中的 force: 触发', en: 'forced by the id' };
const missing: Text = { zh: '缺少必填字段', en: 'a compulsory member is missing' };
const wrongType: Text = { zh: '类型不符', en: 'a member has the wrong type' };
const noLicence: Text = { zh: '企业版本不含此功能', en: 'the plan of the organisation lacks the feature' };
const organisation = (ProxyOrganizationOpenId: string): Json => ({ Agent: { ProxyOrganizationOpenId } });
const operator = (OpenId: string): Json => ({ Agent: { ProxyOperator: { OpenId } } });
const template = (TemplateId: string): Json => ({ TemplateId });

const create: readonly Row[] = [
  ['FailedOperation', template(forcingId('FailedOperation')), forced],
  [
    'FailedOperation.QrCodeCreatorSignComponents',
    template(zooTemplateId('InitiatorFills')),
    { zh: '发起方有填写控件', en: 'the initiator of the template has fields to fill in' },
  ],
  [
    'FailedOperation.QrCodeSignUsers',
    template(zooTemplateId('NoSigner')),
    { zh: '模板没有签署人', en: 'the template has no signer' },
  ],
  [
    'FailedOperation.QrCodeTemplateId',
    template(zooTemplateId('EnterpriseFirst')),
    { zh: '按顺序签署且企业为首位', en: 'signing is ordered and the enterprise comes first' },
  ],
  ['InternalError', template(forcingId('InternalError')), forced],
  ['InvalidParameter', { FlowName: 1 }, wrongType],
  [
    'InvalidParameter.ParamError',
    { Restrictions: [{ Mobile: '123' }] },
    { zh: '手机号不是 11 位', en: 'a mobile number has not 11 digits' },
  ],
  ['MissingParameter', { FlowName: null }, missing],
  [
    'OperationDenied.NoQuota',
    { Agent: { ProxyOrganizationOpenId: 'org-no-quota' }, TemplateId: noQuotaTemplateId },
    { zh: '企业额度为 0', en: 'the quota of the organisation is 0' },
  ],
  [
    'ResourceNotFound',
    organisation('org-unknown'),
    { zh: '企业不存在', en: 'there is no such organisation' },
  ],
  [
    'ResourceNotFound.Application',
    { Agent: { AppId: 'app-unknown' } },
    { zh: '应用不存在', en: 'there is no such application' },
  ],
  [
    'ResourceNotFound.Template',
    template('template-unknown'),
    { zh: '模板不存在', en: 'there is no such template' },
  ],
  ['UnauthorizedOperation.NoPermissionFeature', organisation('org-no-permission'), noLicence],
  // Not published for this action.
  [
    'OperationDenied.NoVerify',
    organisation('org-not-verified'),
    { zh: '企业未实名', en: 'the organisation is not verified' },
  ],
  [
    'OperationDenied.UserNotInOrganization',
    operator('operator-elsewhere'),
    { zh: '员工属于其他企业', en: 'the operator is of another organisation' },
  ],
  ['InvalidParameter.QrEffectDay', { QrEffectiveDay: 91 }, { zh: '超过 90 天', en: 'more than 90 days' }],
  [
    'InvalidParameter.QrFlowEffectDay',
    { FlowEffectiveDay: 31 },
    { zh: '超过 30 天', en: 'more than 30 days' },
  ],
  ['UnknownParameter', { UserData: 'eA==' }, { zh: '没有此字段', en: 'there is no such member' }],
];

const cancel: readonly Row[] = [
  ['InternalError', { QrCodeId: forcingId('InternalError') }, forced],
  ['InternalError.DbRead', { QrCodeId: forcingId('InternalError.DbRead') }, forced],
  [
    'InvalidParameter.DataNotFound',
    { QrCodeId: 'code-unknown' },
    { zh: '签署码不存在', en: 'there is no such code' },
  ],
  ['InvalidParameter.ParamError', { QrCodeId: '' }, { zh: '编号为空', en: 'the id is empty' }],
  ['MissingParameter', { QrCodeId: null }, missing],
  [
    'OperationDenied.Forbid',
    operator(unverifiedOperator),
    { zh: '经办人未实名', en: 'the operator is not verified' },
  ],
  [
    'OperationDenied.QrInvalid',
    { QrCodeId: cancelledCodeId },
    { zh: '签署码已失效', en: 'the code is dead already' },
  ],
  ['UnauthorizedOperation.NoPermissionFeature', organisation('org-no-permission'), noLicence],
];

const describe: readonly Row[] = [
  ['FailedOperation', template(forcingId('FailedOperation')), forced],
  ['InternalError', template(forcingId('InternalError')), forced],
  ['InternalError.System', template(forcingId('InternalError.System')), forced],
  ['InvalidParameter', { Limit: '20' }, wrongType],
  [
    'InvalidParameter.Application',
    { Agent: { AppId: selfBuiltAppId } },
    { zh: '自建应用', en: 'a self-built application' },
  ],
  ['InvalidParameter.ContentType', { ContentType: 2 }, { zh: '只可为 0 或 1', en: 'it is 0 or 1' }],
  ['InvalidParameter.DataNotFound', template(forcingId('InvalidParameter.DataNotFound')), forced],
  [
    'InvalidParameter.ParamError',
    { Agent: { ProxyOrganizationOpenId: '' } },
    { zh: '企业标识为空', en: 'the id is empty' },
  ],
  ['InvalidParameterValue', { Limit: 101 }, { zh: '超过 100', en: 'more than 100' }],
  ['MissingParameter', { Agent: null }, missing],
  ['OperationDenied', template(forcingId('OperationDenied')), forced],
  [
    'OperationDenied.NoIdentityVerify',
    operator(unverifiedOperator),
    { zh: '经办人未实名', en: 'the operator is not verified' },
  ],
  [
    'OperationDenied.OrganizationClosing',
    organisation('org-closing'),
    { zh: '企业正在注销', en: 'the organisation is being closed' },
  ],
  [
    'OperationDenied.UserNotInOrganization',
    operator('operator-elsewhere'),
    { zh: '员工属于其他企业', en: 'the operator is of another organisation' },
  ],
  [
    'ResourceNotFound',
    organisation('org-unknown'),
    { zh: '企业不存在', en: 'there is no such organisation' },
  ],
  [
    'ResourceNotFound.Application',
    { Agent: { AppId: 'app-unknown' } },
    { zh: '应用不存在', en: 'there is no such application' },
  ],
  ['ResourceNotFound.Resource', template(forcingId('ResourceNotFound.Resource')), forced],
  [
    'ResourceNotFound.Template',
    { TemplateIds: ['template-unknown'] },
    { zh: 'TemplateIds 中有模板不存在', en: 'TemplateIds names one that does not exist' },
  ],
  [
    'ResourceNotFound.User',
    operator('operator-unknown'),
    { zh: '没有此员工', en: 'there is no such operator' },
  ],
  ['ResourceUnavailable', template(forcingId('ResourceUnavailable')), forced],
  [
    'UnauthorizedOperation',
    organisation('org-not-authorised'),
    { zh: '企业未授权', en: 'the organisation has not authorised anybody' },
  ],
  ['UnauthorizedOperation.NoPermissionFeature', organisation('org-no-permission'), noLicence],
];

type TwistRow = readonly [code: ErrorCodeName, twist: Twist, why: Text];

/** What has nothing to do with the action. */
const common: readonly TwistRow[] = [
  [
    'AuthFailure.InvalidAuthorization',
    { authorization: 'Bearer x' },
    { zh: '不是 TC3 的形式', en: 'not in the form of TC3' },
  ],
  [
    'AuthFailure.SecretIdNotFound',
    { secretId: 'AKIDunknown' },
    { zh: '密钥不存在', en: 'no account has the SecretId' },
  ],
  [
    'AuthFailure.SignatureExpire',
    { skewS: -400 },
    { zh: '时钟相差超过 300 秒', en: 'the clocks differ by more than 300 s' },
  ],
  ['AuthFailure.SignatureFailure', { secretKey: 'another key' }, { zh: '密钥错误', en: 'another SecretKey' }],
  [
    'AuthFailure.TokenFailure',
    { headers: { 'X-TC-Token': 'x' } },
    { zh: '永久密钥不带 token', en: 'a permanent key comes without a token' },
  ],
  [
    'InvalidAction',
    { headers: { 'X-TC-Action': 'NoSuchAction' } },
    { zh: '接口不存在', en: 'there is no such action' },
  ],
  ['MissingParameter', { headers: { 'X-TC-Version': '' } }, { zh: '请求头缺失', en: 'a header is missing' }],
  [
    'NoSuchVersion',
    { headers: { 'X-TC-Version': '2020-11-11' } },
    { zh: '版本不存在', en: 'there is no such version' },
  ],
  ['RequestLimitExceeded', { times: 21 }, { zh: '一秒内第 21 次', en: 'the 21st within a second' }],
  [
    'RequestSizeLimitExceeded',
    { bodyBytes: 10 * 1024 * 1024 + 1 },
    { zh: '超过 10 MB', en: 'more than 10 MB' },
  ],
  ['UnsupportedProtocol', { method: 'PUT' }, { zh: '只接受 POST 与 GET', en: 'only POST and GET are taken' }],
];

const rowsOf = (action: EmulatedName, rows: readonly Row[]): Provocation[] =>
  rows.map(([code, patch, why]) => ({ action, code, patch, why }));

/**
 * For every published code of every action, and for what is known beyond the lists, a request that provokes it. Any other
 * code of the contract is answered to a TemplateId or QrCodeId of the form `force:<code>`.
 */
export const provocations: readonly Provocation[] = [
  ...rowsOf('ChannelCreateMultiFlowSignQRCode', create),
  ...rowsOf('ChannelCancelMultiFlowSignQRCode', cancel),
  ...rowsOf('DescribeTemplates', describe),
  ...common.map(([code, twist, why]) => ({ action: 'DescribeTemplates' as const, code, twist, why })),
];
