import type { Text } from '../text.ts';

const title = (zh: string, en: string): Text => ({ zh, en });

/**
 * Every code that can arrive, with its title: those published for our actions, `OperationDenied.QrInvalid` and the finer
 * codes of the sibling product `ess` (the published lists of essbasic have proved incomplete), and the common codes of
 * Cloud API 3.0. What they mean to a caller is in `error-kinds.ts`, causes and remedies in `error-docs.ts`.
 */
export const errorCodes = {
  FailedOperation: title('操作失败', 'The operation failed'),
  'FailedOperation.QrCodeCreatorSignComponents': title('模板的发起方存在填写控件', 'The initiator of the template has fields to fill in'),
  'FailedOperation.QrCodeSignUsers': title('模板签署人不存在', 'The template has no signer'),
  'FailedOperation.QrCodeTemplateId': title('模板不满足生成签署码的条件', 'The template does not meet the conditions for a sign code'),
  'FailedOperation.RequestLimitExceeded': title('请求超过频率限制', 'Too many requests'),
  InternalError: title('电子签内部错误', 'An internal error of Tencent e-sign'),
  'InternalError.DbRead': title('电子签数据库读取失败', 'Tencent e-sign could not read its database'),
  'InternalError.System': title('电子签系统错误', 'A system error of Tencent e-sign'),
  InvalidParameter: title('参数错误', 'A parameter is wrong'),
  'InvalidParameter.Application': title('应用信息有误', 'The application is wrong'),
  'InvalidParameter.CardNumber': title('证件号码不合法', 'The identity number is not valid'),
  'InvalidParameter.ContentType': title('ContentType 取值有误', 'ContentType is wrong'),
  'InvalidParameter.DataNotFound': title('数据不存在', 'The data does not exist'),
  'InvalidParameter.FlowName': title('合同名称不合法', 'The name of the contract is not valid'),
  'InvalidParameter.Mobile': title('手机号不合法', 'The mobile number is not valid'),
  'InvalidParameter.Name': title('姓名不合法', 'The name of the person is not valid'),
  'InvalidParameter.ParamError': title('参数错误', 'A parameter is wrong'),
  'InvalidParameter.QrEffectDay': title('签署码有效期不合法', 'The life time of the code is not valid'),
  'InvalidParameter.QrFlowEffectDay': title('合同有效期不合法', 'The life time of the contracts is not valid'),
  'InvalidParameter.TemplateId': title('模板编号不合法', 'The id of the template is not valid'),
  InvalidParameterValue: title('参数取值错误', 'The value of a parameter is wrong'),
  MissingParameter: title('缺少参数', 'A parameter is missing'),
  'MissingParameter.QrCodeId': title('缺少签署码编号', 'QrCodeId is missing'),
  'MissingParameter.UserId': title('缺少用户编号', 'The user id is missing'),
  OperationDenied: title('操作被拒绝', 'The operation is denied'),
  'OperationDenied.Forbid': title('禁止操作', 'The operation is forbidden'),
  'OperationDenied.NoIdentityVerify': title('未完成实名认证', 'The identity is not verified'),
  'OperationDenied.NoLogin': title('用户未登录', 'The user is not logged in'),
  'OperationDenied.NoQuota': title('合同额度不足', 'The organisation has no contracts left to spend'),
  'OperationDenied.NoVerify': title('未完成实名认证', 'The organisation or its operator is not verified'),
  'OperationDenied.OrganizationClosing': title('企业正在注销', 'The organisation is being closed'),
  'OperationDenied.QrHasExpire': title('签署码已过期', 'The code has expired'),
  'OperationDenied.QrInvalid': title('签署码不可用', 'The code is no longer valid'),
  'OperationDenied.UserNotInOrganization': title('用户不属于该企业', 'The user does not belong to the organisation'),
  ResourceNotFound: title('资源不存在', 'The resource does not exist'),
  'ResourceNotFound.Application': title('应用号不存在', 'The application does not exist'),
  'ResourceNotFound.AuthActiveOrganization': title('没有已认证激活的企业', 'There is no verified, active organisation'),
  'ResourceNotFound.Organization': title('企业不存在', 'The organisation does not exist'),
  'ResourceNotFound.QrInfo': title('签署码信息不存在', 'The code does not exist'),
  'ResourceNotFound.Resource': title('资源不存在', 'The resource does not exist'),
  'ResourceNotFound.Template': title('模板不存在', 'The template does not exist'),
  'ResourceNotFound.User': title('用户不存在', 'The user does not exist'),
  ResourceUnavailable: title('资源不可用', 'The resource is not available'),
  UnauthorizedOperation: title('未授权操作', 'The operation is not authorised'),
  'UnauthorizedOperation.NoPermissionFeature': title('当前版本不含此功能', 'The plan of the organisation lacks this feature'),

  // Common codes of Cloud API 3.0.
  ActionOffline: title('接口已下线', 'The action has been switched off'),
  AuthFailure: title('云 API 鉴权失败', 'The credentials of the deployment are refused'),
  'AuthFailure.InvalidAuthorization': title('Authorization 头不合规范', 'The Authorization header is malformed'),
  'AuthFailure.InvalidSecretId': title('密钥类型不正确', 'The SecretId is not a Cloud API key'),
  'AuthFailure.MFAFailure': title('多因子认证失败', 'Multi-factor authentication failed'),
  'AuthFailure.SecretIdNotFound': title('密钥不存在', 'The SecretId does not exist'),
  'AuthFailure.SignatureExpire': title('签名过期，时钟相差超过五分钟', 'The signature has expired: the clocks differ by more than five minutes'),
  'AuthFailure.SignatureFailure': title('签名错误', 'The signature is wrong'),
  'AuthFailure.TokenFailure': title('临时凭证错误', 'The temporary token is wrong'),
  'AuthFailure.UnauthorizedOperation': title('访问策略未授权', 'The access policy does not allow this'),
  DryRunOperation: title('空跑请求', 'A dry run'),
  InvalidAction: title('接口不存在', 'The action does not exist'),
  InvalidRequest: title('请求格式错误', 'The format of the request is wrong'),
  IpInBlacklist: title('来源地址在黑名单中', 'The address of the caller is blocked'),
  IpNotInWhitelist: title('来源地址不在白名单中', 'The address of the caller is not on the list of those allowed'),
  LimitExceeded: title('超过配额限制', 'A limit is exceeded'),
  NoSuchProduct: title('产品不存在', 'The product does not exist'),
  NoSuchVersion: title('接口版本不存在', 'The version does not exist'),
  RequestLimitExceeded: title('请求超过频率限制', 'Too many requests'),
  'RequestLimitExceeded.GlobalRegionUinLimitExceeded': title('主账号超过频率限制', 'Too many requests of the account'),
  'RequestLimitExceeded.IPLimitExceeded': title('来源地址超过频率限制', 'Too many requests of the address'),
  'RequestLimitExceeded.UinLimitExceeded': title('主账号超过频率限制', 'Too many requests of the account'),
  RequestSizeLimitExceeded: title('请求包超过大小限制', 'The request is too large'),
  ResourceInUse: title('资源被占用', 'The resource is in use'),
  ResourceInsufficient: title('资源不足', 'There are not enough resources'),
  ResponseSizeLimitExceeded: title('返回包超过大小限制', 'The answer is too large'),
  ServiceUnavailable: title('电子签服务暂不可用', 'Tencent e-sign is not available'),
  UnknownParameter: title('未知参数', 'A parameter is unknown'),
  UnsupportedOperation: title('操作不支持', 'The operation is not supported'),
  UnsupportedProtocol: title('请求协议错误', 'The protocol is not supported'),
  UnsupportedRegion: title('不支持所传地域', 'The region is not supported'),
} satisfies Record<string, Text>;

export type ErrorCodeName = keyof typeof errorCodes;

/** An answer whose code nobody has told us of. */
const unlisted = title('上游返回未知错误码', 'Upstream refused with a code that is not documented');

/** The title of a code; of an unlisted one that of its family (`OperationDenied.New` → `OperationDenied`). */
export function errorCodeTitle(code: string): Text {
  const table: Readonly<Record<string, Text>> = errorCodes;
  const name = [code, code.split('.')[0] ?? code].find((one) => Object.hasOwn(table, one));
  return (name === undefined ? undefined : table[name]) ?? unlisted;
}
