import type { Text } from '../text.ts';
import type { ErrorCodeName } from './error-codes.ts';

/**
 * Where a code is known from, beside the published lists of our actions:
 * `seen` in a published example though no list has it, published by the sibling product `ess` for the same feature
 * (essbasic may use it too), or one of the common codes of Cloud API 3.0.
 */
export type Origin = 'seen' | 'ess' | 'common';

/** Why a code of upstream arrives and what to do about it. What it means stands in `error-codes.ts`. */
export interface ErrorDoc {
  origins?: readonly Origin[];
  /** The likely cause. Upstream publishes none; these follow from the texts of codes and fields. */
  cause: Text;
  /** What the caller of a function should do; the operator of the deployment, where the caller can do nothing. */
  remedy: Text;
}

const busy = {
  cause: { zh: '上游暂时性故障', en: 'A passing fault upstream' },
  remedy: {
    zh: '稍后重试。若为创建，重试可能多出一个签署码，须先确认原请求未生效',
    en: 'Try again later. A repeated create may leave a second code: first make sure that the first had no effect',
  },
};
const tooFast = {
  cause: { zh: '短时间内请求过多；essbasic 每个接口默认 20 次/秒', en: 'Too many requests in a short time; essbasic allows 20 per second and action by default' },
  remedy: { zh: '按 Retry-After 退避后重试，并错开批量操作', en: 'Wait as Retry-After says, try again, and spread bulk work' },
};
const ourRequest = {
  cause: { zh: '部署所发请求与上游约定不符', en: 'What this deployment sent is not what upstream expects' },
  remedy: { zh: '检查 ESS_ENDPOINT；若无误，请携带 RequestId 反馈', en: 'Check ESS_ENDPOINT; if it is right, report this with its RequestId' },
};
const credentials = { zh: '由部署者检查 ESS_SECRET_ID 与 ESS_SECRET_KEY，注意首尾空格以及测试、正式环境之别', en: 'The operator checks ESS_SECRET_ID and ESS_SECRET_KEY, for spaces around them and for keys of the other environment' };
const verify = { zh: '让企业与经办人先完成实名认证', en: 'Have the organisation and its operator verified first' };
const otherTemplate = { zh: '修改模板或另选模板；DescribeTemplates 会列出每一条不符合的原因', en: 'Change the template or take another; DescribeTemplates names every reason' };

export const errorDocs: Readonly<Record<ErrorCodeName, ErrorDoc>> = {
  FailedOperation: {
    origins: ['common'],
    cause: { zh: '上游未说明的失败', en: 'A failure that upstream does not explain' },
    remedy: { zh: '查看 detail；仍不明时携带 RequestId 联系腾讯电子签', en: 'Read detail; if it does not help, give Tencent e-sign the RequestId' },
  },
  'FailedOperation.QrCodeCreatorSignComponents': {
    cause: { zh: '模板中有归发起方的填写控件，扫码时无人填写', en: 'The template has fields for the initiator, who is not there to fill them in at a scan' },
    remedy: { zh: '把这些控件改归签署方，或从模板中删除', en: 'Give these fields to a signer, or take them out of the template' },
  },
  'FailedOperation.QrCodeSignUsers': {
    cause: { zh: '模板未配置签署方', en: 'No signing party is set up in the template' },
    remedy: { zh: '在模板中加入个人签署方', en: 'Add a person as a signer to the template' },
  },
  'FailedOperation.QrCodeTemplateId': {
    cause: { zh: '模板停用，或签署方、签署顺序不符合签署码的条件', en: 'The template is disabled, or its signers or their order break the conditions for a sign code' },
    remedy: otherTemplate,
  },
  'FailedOperation.RequestLimitExceeded': { origins: ['ess'], ...tooFast },
  InternalError: { origins: ['common'], ...busy },
  'InternalError.DbRead': busy,
  'InternalError.System': busy,
  InvalidParameter: {
    origins: ['common'],
    cause: { zh: '某个参数的格式、类型或取值不被接受', en: 'A parameter has a format, type or value that is not accepted' },
    remedy: { zh: '按 detail 与接口文档修正参数', en: 'Correct it by detail and the documentation of the action' },
  },
  'InvalidParameter.Application': {
    cause: { zh: 'Agent.AppId 有误，或应用不可用', en: 'Agent.AppId is wrong, or the application cannot be used' },
    remedy: { zh: '检查 AppId，或部署配置 ESS_APP_ID', en: 'Check AppId, or ESS_APP_ID of the deployment' },
  },
  'InvalidParameter.CardNumber': {
    origins: ['ess'],
    cause: { zh: '证件号码与证件类型不符，或字母未大写', en: 'The number does not fit the kind of document, or has letters in lower case' },
    remedy: { zh: '修正 IdCardType 与 IdCardNumber', en: 'Correct IdCardType and IdCardNumber' },
  },
  'InvalidParameter.ContentType': {
    cause: { zh: 'ContentType 不是 0 或 1', en: 'ContentType is neither 0 nor 1' },
    remedy: { zh: '改为 0 或 1', en: 'Send 0 or 1' },
  },
  'InvalidParameter.DataNotFound': {
    cause: { zh: '编号不存在，或不属于此企业', en: 'The id does not exist, or belongs to another organisation' },
    remedy: { zh: '核对编号与 Agent', en: 'Check the id, and Agent' },
  },
  'InvalidParameter.FlowName': {
    origins: ['ess'],
    cause: { zh: '合同名称过长或含不支持的字符', en: 'The name is too long or has a character that is not supported' },
    remedy: { zh: '仅用中文、字母、数字、下划线再试', en: 'Try Chinese, letters, digits and the underscore alone' },
  },
  'InvalidParameter.Mobile': {
    origins: ['ess'],
    cause: { zh: '限定签署人的手机号有误', en: 'The mobile number of a restriction is wrong' },
    remedy: { zh: '改为 11 位数字', en: 'Send eleven digits' },
  },
  'InvalidParameter.Name': {
    origins: ['ess'],
    cause: { zh: '限定签署人的姓名有误', en: 'The name in a restriction is wrong' },
    remedy: { zh: '填写证件上的姓名', en: 'Send the name as the identity document has it' },
  },
  'InvalidParameter.ParamError': {
    cause: { zh: '某个参数不被接受', en: 'A parameter is not accepted' },
    remedy: { zh: '按 detail 与接口文档修正参数', en: 'Correct it by detail and the documentation of the action' },
  },
  'InvalidParameter.QrEffectDay': {
    origins: ['ess'],
    cause: { zh: '签署码有效期超出允许范围', en: 'The code would live longer than allowed' },
    remedy: { zh: '减小 QrEffectiveDay，或改用 QrCodeExpiredOn', en: 'Lower QrEffectiveDay, or use QrCodeExpiredOn' },
  },
  'InvalidParameter.QrFlowEffectDay': {
    origins: ['ess'],
    cause: { zh: '合同有效期超出允许范围', en: 'The contracts would stay open longer than allowed' },
    remedy: { zh: '减小 FlowEffectiveDay', en: 'Lower FlowEffectiveDay' },
  },
  'InvalidParameter.TemplateId': {
    origins: ['ess'],
    cause: { zh: '模板编号格式有误', en: 'The id of the template is malformed' },
    remedy: { zh: '用 DescribeTemplates 查到的编号', en: 'Take the id from DescribeTemplates' },
  },
  InvalidParameterValue: {
    origins: ['common'],
    cause: { zh: '某个参数的取值不在允许范围内', en: 'The value of a parameter is outside what is allowed' },
    remedy: { zh: '按 detail 与接口文档修正取值', en: 'Correct it by detail and the documentation of the action' },
  },
  MissingParameter: {
    origins: ['common'],
    cause: { zh: '未填必填参数；各接口均需 Agent 的企业与经办人', en: 'A required parameter is absent; every action needs organisation and operator in Agent' },
    remedy: { zh: '补全参数', en: 'Send it' },
  },
  'MissingParameter.QrCodeId': {
    origins: ['ess'],
    cause: { zh: '未填签署码编号', en: 'No id of a code was sent' },
    remedy: { zh: '填写创建时返回的 QrCodeId', en: 'Send the QrCodeId that the create returned' },
  },
  'MissingParameter.UserId': {
    origins: ['ess'],
    cause: { zh: '未填经办人', en: 'No operator was sent' },
    remedy: { zh: '填写 Agent.ProxyOperator.OpenId', en: 'Send Agent.ProxyOperator.OpenId' },
  },
  OperationDenied: {
    cause: { zh: '企业或经办人不具备执行条件', en: 'The organisation or its operator does not meet a condition' },
    remedy: { zh: '查看 detail，处理后再试', en: 'Read detail, settle it, then try again' },
  },
  'OperationDenied.Forbid': {
    cause: { zh: '经办人无此权限，或对象属于他人', en: 'The operator lacks the right, or the thing belongs to another' },
    remedy: { zh: '换用有权限的经办人，或在企业控制台授权', en: 'Act as an operator who has the right, or grant it in the console of the organisation' },
  },
  'OperationDenied.NoIdentityVerify': {
    cause: { zh: '企业或经办人未实名', en: 'The organisation or its operator is not verified' },
    remedy: verify,
  },
  'OperationDenied.NoLogin': {
    origins: ['ess'],
    cause: { zh: '经办人从未登录电子签', en: 'The operator never logged in to Tencent e-sign' },
    remedy: { zh: '让经办人先登录一次', en: 'Have the operator log in once' },
  },
  'OperationDenied.NoQuota': {
    cause: { zh: '子客企业所购合同已用完', en: 'The organisation has used up the contracts that it bought' },
    remedy: { zh: '购买合同额度后原样重试', en: 'Buy contracts, then send the same request again' },
  },
  'OperationDenied.NoVerify': {
    origins: ['ess'],
    cause: { zh: '企业或经办人未实名', en: 'The organisation or its operator is not verified' },
    remedy: verify,
  },
  'OperationDenied.OrganizationClosing': {
    cause: { zh: '企业已申请注销', en: 'The organisation has asked to be closed' },
    remedy: { zh: '撤销注销申请，或换用其他企业', en: 'Withdraw that, or use another organisation' },
  },
  'OperationDenied.QrHasExpire': {
    origins: ['ess'],
    cause: { zh: '签署码已过截止时间', en: 'The code is past its end' },
    remedy: { zh: '无需取消；需要时创建新码', en: 'There is nothing to cancel; create a new code if one is needed' },
  },
  'OperationDenied.QrInvalid': {
    origins: ['seen', 'ess'],
    cause: { zh: '签署码已过期、用完或被取消', en: 'The code has expired, is used up or was cancelled before' },
    remedy: { zh: '视为已取消；本项目的取消接口此时返回成功并标注 AlreadyInvalid', en: 'Take it as cancelled; our cancel answers success with AlreadyInvalid' },
  },
  'OperationDenied.UserNotInOrganization': {
    cause: { zh: '经办人不是该企业的员工', en: 'The operator is not a member of the organisation' },
    remedy: { zh: '核对 ProxyOperator.OpenId，或先让其加入企业', en: 'Check ProxyOperator.OpenId, or have them join first' },
  },
  ResourceNotFound: {
    origins: ['common'],
    cause: { zh: '请求所指的对象不存在，或不属于此企业', en: 'What the request names does not exist, or belongs to another organisation' },
    remedy: { zh: '核对各编号与 Agent', en: 'Check all ids, and Agent' },
  },
  'ResourceNotFound.Application': {
    cause: { zh: 'AppId 不存在，或用错了环境', en: 'There is no such AppId, or it is of the other environment' },
    remedy: { zh: '检查 AppId、ESS_APP_ID 与 ESS_ENDPOINT', en: 'Check AppId, ESS_APP_ID and ESS_ENDPOINT' },
  },
  'ResourceNotFound.AuthActiveOrganization': {
    origins: ['ess'],
    cause: { zh: '企业未认证或未激活', en: 'The organisation is not verified or not active' },
    remedy: verify,
  },
  'ResourceNotFound.Organization': {
    origins: ['ess'],
    cause: { zh: '企业标识不存在', en: 'There is no organisation with that id' },
    remedy: { zh: '核对 ProxyOrganizationOpenId', en: 'Check ProxyOrganizationOpenId' },
  },
  'ResourceNotFound.QrInfo': {
    origins: ['ess'],
    cause: { zh: '签署码编号有误，或属于其他企业', en: 'The id of the code is wrong, or of another organisation' },
    remedy: { zh: '核对 QrCodeId 与 Agent', en: 'Check QrCodeId, and Agent' },
  },
  'ResourceNotFound.Resource': {
    cause: { zh: '模板引用的文件等资源不存在', en: 'Something that the template needs, such as its file, does not exist' },
    remedy: { zh: '在企业控制台重新保存模板', en: 'Save the template anew in the console of the organisation' },
  },
  'ResourceNotFound.Template': {
    cause: { zh: '模板编号有误、已删除，或属于其他企业', en: 'The id of the template is wrong, the template is deleted, or of another organisation' },
    remedy: { zh: '用 DescribeTemplates 查到的编号', en: 'Take the id from DescribeTemplates' },
  },
  'ResourceNotFound.User': {
    cause: { zh: '经办人标识不存在', en: 'There is no operator with that id' },
    remedy: { zh: '核对 ProxyOperator.OpenId', en: 'Check ProxyOperator.OpenId' },
  },
  ResourceUnavailable: {
    origins: ['common'],
    cause: { zh: '对象存在，但当前状态不可用', en: 'The thing exists, but its state forbids its use' },
    remedy: { zh: '查看 detail，恢复其状态后再试', en: 'Read detail, bring it back into use, then try again' },
  },
  UnauthorizedOperation: {
    origins: ['common'],
    cause: { zh: '账号或经办人未获授权', en: 'The account or the operator is not authorised' },
    remedy: { zh: '由部署者或企业管理员授权', en: 'The operator of the deployment or an administrator of the organisation grants it' },
  },
  'UnauthorizedOperation.NoPermissionFeature': {
    cause: { zh: '企业所购版本不含签署码功能', en: 'The plan that the organisation bought lacks sign codes' },
    remedy: { zh: '升级版本，或联系腾讯电子签开通', en: 'Upgrade the plan, or ask Tencent e-sign to enable it' },
  },

  ActionOffline: {
    origins: ['common'],
    cause: { zh: '上游已停用此接口', en: 'Upstream has withdrawn the action' },
    remedy: { zh: '升级本项目', en: 'Upgrade this project' },
  },
  AuthFailure: {
    origins: ['common'],
    cause: { zh: '密钥或签名未通过', en: 'The key or the signature was refused' },
    remedy: credentials,
  },
  'AuthFailure.InvalidAuthorization': {
    origins: ['common'],
    cause: { zh: '代理改动了请求头，或密钥含非法字符', en: 'A proxy changed the headers, or the key has characters that do not belong there' },
    remedy: credentials,
  },
  'AuthFailure.InvalidSecretId': {
    origins: ['common'],
    cause: { zh: '所填并非云 API 密钥', en: 'What was configured is no Cloud API key' },
    remedy: credentials,
  },
  'AuthFailure.MFAFailure': {
    origins: ['common'],
    cause: { zh: '账号对此操作要求多因子认证', en: 'The account demands a second factor for this' },
    remedy: { zh: '由部署者为所用子账号关闭该要求', en: 'The operator lifts that for the account in use' },
  },
  'AuthFailure.SecretIdNotFound': {
    origins: ['common'],
    cause: { zh: '密钥已删除、停用，或用错了环境', en: 'The key was deleted or disabled, or is of the other environment' },
    remedy: credentials,
  },
  'AuthFailure.SignatureExpire': {
    origins: ['common'],
    cause: { zh: '函数与上游的时钟相差超过 300 秒，或请求滞留过久', en: 'The clocks are more than 300 seconds apart, or the request was held up for so long' },
    remedy: { zh: '重试；若持续，请校准时钟', en: 'Try again; if it stays, set the clock' },
  },
  'AuthFailure.SignatureFailure': {
    origins: ['common'],
    cause: { zh: 'ESS_SECRET_KEY 有误，或代理改动了请求', en: 'ESS_SECRET_KEY is wrong, or a proxy changed the request' },
    remedy: credentials,
  },
  'AuthFailure.TokenFailure': {
    origins: ['common'],
    cause: { zh: '临时凭证过期，或与密钥不成对', en: 'The temporary token has expired, or is of another key' },
    remedy: { zh: '重新获取临时凭证', en: 'Get a new temporary token' },
  },
  'AuthFailure.UnauthorizedOperation': {
    origins: ['common'],
    cause: { zh: '访问管理（CAM）策略未允许调用 essbasic', en: 'The policy in access management (CAM) does not allow calls of essbasic' },
    remedy: { zh: '由部署者为所用账号添加策略', en: 'The operator adds a policy for the account in use' },
  },
  DryRunOperation: {
    origins: ['common'],
    cause: { zh: '上游的空跑请求若真执行便会成功；本项目的 DryRun 不调用它', en: "The request of upstream's own dry run would have succeeded; our DryRun does not use that" },
    remedy: { zh: '携带 RequestId 反馈', en: 'Report it with its RequestId' },
  },
  InvalidAction: { origins: ['common'], ...ourRequest },
  InvalidRequest: { origins: ['common'], ...ourRequest },
  IpInBlacklist: {
    origins: ['common'],
    cause: { zh: '函数的出口地址在账号的黑名单中', en: 'The account blocks the address from which the function calls' },
    remedy: { zh: '由部署者调整名单，或固定出口地址', en: 'The operator changes the list, or gives the function a fixed address' },
  },
  IpNotInWhitelist: {
    origins: ['common'],
    cause: { zh: '函数的出口地址不在账号的白名单中', en: 'The account does not list the address from which the function calls' },
    remedy: { zh: '由部署者调整名单，或固定出口地址', en: 'The operator changes the list, or gives the function a fixed address' },
  },
  LimitExceeded: {
    origins: ['common'],
    cause: { zh: '账号或企业达到某项数量上限', en: 'The account or the organisation has reached a limit on how many it may have' },
    remedy: { zh: '查看 detail，清理或申请提高上限', en: 'Read detail, clean up or ask for a higher limit' },
  },
  NoSuchProduct: { origins: ['common'], ...ourRequest },
  NoSuchVersion: { origins: ['common'], ...ourRequest },
  RequestLimitExceeded: { origins: ['common'], ...tooFast },
  'RequestLimitExceeded.GlobalRegionUinLimitExceeded': { origins: ['common'], ...tooFast },
  'RequestLimitExceeded.IPLimitExceeded': { origins: ['common'], ...tooFast },
  'RequestLimitExceeded.UinLimitExceeded': { origins: ['common'], ...tooFast },
  RequestSizeLimitExceeded: {
    origins: ['common'],
    cause: { zh: '请求过大，常因 Restrictions 条数过多', en: 'The request is too large, most likely by many Restrictions' },
    remedy: { zh: '减少条数，或分成多个签署码', en: 'Send fewer, or make several codes' },
  },
  ResourceInUse: {
    origins: ['common'],
    cause: { zh: '对象正被其他操作占用', en: 'Another operation is using the thing' },
    remedy: { zh: '稍后重试', en: 'Try again later' },
  },
  ResourceInsufficient: { origins: ['common'], ...busy },
  ResponseSizeLimitExceeded: {
    origins: ['common'],
    cause: { zh: '一次查询的结果过大', en: 'The answer to one query is too large' },
    remedy: { zh: '减小 Limit，或将 ContentType 设为 1', en: 'Lower Limit, or set ContentType to 1' },
  },
  ServiceUnavailable: { origins: ['common'], ...busy },
  UnknownParameter: {
    origins: ['common'],
    cause: { zh: '上游不认识某个参数，可能已被移除', en: 'Upstream does not know a parameter; it may have been withdrawn' },
    remedy: { zh: '去掉 detail 所指的参数', en: 'Leave out the one that detail names' },
  },
  UnsupportedOperation: {
    origins: ['common'],
    cause: { zh: '此对象不支持该操作', en: 'The thing does not support the operation' },
    remedy: { zh: '查看 detail，换用受支持的方式', en: 'Read detail, and do it another way' },
  },
  UnsupportedProtocol: { origins: ['common'], ...ourRequest },
  UnsupportedRegion: { origins: ['common'], ...ourRequest },
};
