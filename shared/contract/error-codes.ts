/** What a failure code of upstream means to the caller of a function. Causes and remedies are in `error-docs.ts`. */
export interface ErrorCode {
  /** HTTP status that a function answers with: 4xx where the caller can change something, 5xx where not. */
  status: number;
  /** May the same request succeed later, unchanged? */
  retryable: boolean;
  /** May upstream's message be shown? Not where it speaks of the deployment's own credentials. */
  expose: boolean;
  zh: string;
  en: string;
}

/**
 * Every code that can arrive: those published for our actions, `OperationDenied.QrInvalid` and the finer codes of
 * the sibling product `ess` (the published lists of essbasic have proved incomplete), and the common codes of
 * Cloud API 3.0. A code that is not listed is treated as its prefix before the dot, then as {@link unlisted}.
 */
export const errorCodes = {
  FailedOperation: { status: 502, retryable: false, expose: true, zh: '操作失败', en: 'The operation failed' },
  'FailedOperation.QrCodeCreatorSignComponents': { status: 422, retryable: false, expose: true, zh: '模板的发起方存在填写控件', en: 'The initiator of the template has fields to fill in' },
  'FailedOperation.QrCodeSignUsers': { status: 422, retryable: false, expose: true, zh: '模板签署人不存在', en: 'The template has no signer' },
  'FailedOperation.QrCodeTemplateId': { status: 422, retryable: false, expose: true, zh: '模板不满足生成签署码的条件', en: 'The template does not meet the conditions for a sign code' },
  'FailedOperation.RequestLimitExceeded': { status: 429, retryable: true, expose: true, zh: '请求超过频率限制', en: 'Too many requests' },
  InternalError: { status: 502, retryable: true, expose: true, zh: '电子签内部错误', en: 'An internal error of Tencent e-sign' },
  'InternalError.DbRead': { status: 502, retryable: true, expose: true, zh: '电子签数据库读取失败', en: 'Tencent e-sign could not read its database' },
  'InternalError.System': { status: 502, retryable: true, expose: true, zh: '电子签系统错误', en: 'A system error of Tencent e-sign' },
  InvalidParameter: { status: 400, retryable: false, expose: true, zh: '参数错误', en: 'A parameter is wrong' },
  'InvalidParameter.Application': { status: 400, retryable: false, expose: true, zh: '应用信息有误', en: 'The application is wrong' },
  'InvalidParameter.CardNumber': { status: 400, retryable: false, expose: true, zh: '证件号码不合法', en: 'The identity number is not valid' },
  'InvalidParameter.ContentType': { status: 400, retryable: false, expose: true, zh: 'ContentType 取值有误', en: 'ContentType is wrong' },
  'InvalidParameter.DataNotFound': { status: 404, retryable: false, expose: true, zh: '数据不存在', en: 'The data does not exist' },
  'InvalidParameter.FlowName': { status: 400, retryable: false, expose: true, zh: '合同名称不合法', en: 'The name of the contract is not valid' },
  'InvalidParameter.Mobile': { status: 400, retryable: false, expose: true, zh: '手机号不合法', en: 'The mobile number is not valid' },
  'InvalidParameter.Name': { status: 400, retryable: false, expose: true, zh: '姓名不合法', en: 'The name of the person is not valid' },
  'InvalidParameter.ParamError': { status: 400, retryable: false, expose: true, zh: '参数错误', en: 'A parameter is wrong' },
  'InvalidParameter.QrEffectDay': { status: 400, retryable: false, expose: true, zh: '签署码有效期不合法', en: 'The life time of the code is not valid' },
  'InvalidParameter.QrFlowEffectDay': { status: 400, retryable: false, expose: true, zh: '合同有效期不合法', en: 'The life time of the contracts is not valid' },
  'InvalidParameter.TemplateId': { status: 400, retryable: false, expose: true, zh: '模板编号不合法', en: 'The id of the template is not valid' },
  InvalidParameterValue: { status: 400, retryable: false, expose: true, zh: '参数取值错误', en: 'The value of a parameter is wrong' },
  MissingParameter: { status: 400, retryable: false, expose: true, zh: '缺少参数', en: 'A parameter is missing' },
  'MissingParameter.QrCodeId': { status: 400, retryable: false, expose: true, zh: '缺少签署码编号', en: 'QrCodeId is missing' },
  'MissingParameter.UserId': { status: 400, retryable: false, expose: true, zh: '缺少用户编号', en: 'The user id is missing' },
  OperationDenied: { status: 403, retryable: false, expose: true, zh: '操作被拒绝', en: 'The operation is denied' },
  'OperationDenied.Forbid': { status: 403, retryable: false, expose: true, zh: '禁止操作', en: 'The operation is forbidden' },
  'OperationDenied.NoIdentityVerify': { status: 403, retryable: false, expose: true, zh: '未完成实名认证', en: 'The identity is not verified' },
  'OperationDenied.NoLogin': { status: 403, retryable: false, expose: true, zh: '用户未登录', en: 'The user is not logged in' },
  'OperationDenied.NoQuota': { status: 402, retryable: false, expose: true, zh: '合同额度不足', en: 'The organisation has no contracts left to spend' },
  'OperationDenied.NoVerify': { status: 403, retryable: false, expose: true, zh: '未完成实名认证', en: 'The organisation or its operator is not verified' },
  'OperationDenied.OrganizationClosing': { status: 409, retryable: false, expose: true, zh: '企业正在注销', en: 'The organisation is being closed' },
  'OperationDenied.QrHasExpire': { status: 409, retryable: false, expose: true, zh: '签署码已过期', en: 'The code has expired' },
  'OperationDenied.QrInvalid': { status: 409, retryable: false, expose: true, zh: '签署码不可用', en: 'The code is no longer valid' },
  'OperationDenied.UserNotInOrganization': { status: 403, retryable: false, expose: true, zh: '用户不属于该企业', en: 'The user does not belong to the organisation' },
  ResourceNotFound: { status: 404, retryable: false, expose: true, zh: '资源不存在', en: 'The resource does not exist' },
  'ResourceNotFound.Application': { status: 404, retryable: false, expose: true, zh: '应用号不存在', en: 'The application does not exist' },
  'ResourceNotFound.AuthActiveOrganization': { status: 404, retryable: false, expose: true, zh: '没有已认证激活的企业', en: 'There is no verified, active organisation' },
  'ResourceNotFound.Organization': { status: 404, retryable: false, expose: true, zh: '企业不存在', en: 'The organisation does not exist' },
  'ResourceNotFound.QrInfo': { status: 404, retryable: false, expose: true, zh: '签署码信息不存在', en: 'The code does not exist' },
  'ResourceNotFound.Resource': { status: 404, retryable: false, expose: true, zh: '资源不存在', en: 'The resource does not exist' },
  'ResourceNotFound.Template': { status: 404, retryable: false, expose: true, zh: '模板不存在', en: 'The template does not exist' },
  'ResourceNotFound.User': { status: 404, retryable: false, expose: true, zh: '用户不存在', en: 'The user does not exist' },
  ResourceUnavailable: { status: 409, retryable: false, expose: true, zh: '资源不可用', en: 'The resource is not available' },
  UnauthorizedOperation: { status: 403, retryable: false, expose: true, zh: '未授权操作', en: 'The operation is not authorised' },
  'UnauthorizedOperation.NoPermissionFeature': { status: 403, retryable: false, expose: true, zh: '当前版本不含此功能', en: 'The plan of the organisation lacks this feature' },

  // Common codes of Cloud API 3.0.
  ActionOffline: { status: 502, retryable: false, expose: true, zh: '接口已下线', en: 'The action has been switched off' },
  AuthFailure: { status: 502, retryable: false, expose: false, zh: '云 API 鉴权失败', en: 'The credentials of the deployment are refused' },
  'AuthFailure.InvalidAuthorization': { status: 502, retryable: false, expose: false, zh: 'Authorization 头不合规范', en: 'The Authorization header is malformed' },
  'AuthFailure.InvalidSecretId': { status: 502, retryable: false, expose: false, zh: '密钥类型不正确', en: 'The SecretId is not a Cloud API key' },
  'AuthFailure.MFAFailure': { status: 502, retryable: false, expose: false, zh: '多因子认证失败', en: 'Multi-factor authentication failed' },
  'AuthFailure.SecretIdNotFound': { status: 502, retryable: false, expose: false, zh: '密钥不存在', en: 'The SecretId does not exist' },
  'AuthFailure.SignatureExpire': { status: 502, retryable: true, expose: false, zh: '签名过期，时钟相差超过五分钟', en: 'The signature has expired: the clocks differ by more than five minutes' },
  'AuthFailure.SignatureFailure': { status: 502, retryable: false, expose: false, zh: '签名错误', en: 'The signature is wrong' },
  'AuthFailure.TokenFailure': { status: 502, retryable: false, expose: false, zh: '临时凭证错误', en: 'The temporary token is wrong' },
  'AuthFailure.UnauthorizedOperation': { status: 502, retryable: false, expose: false, zh: '访问策略未授权', en: 'The access policy does not allow this' },
  DryRunOperation: { status: 400, retryable: false, expose: true, zh: '空跑请求', en: 'A dry run' },
  InvalidAction: { status: 502, retryable: false, expose: true, zh: '接口不存在', en: 'The action does not exist' },
  InvalidRequest: { status: 502, retryable: false, expose: true, zh: '请求格式错误', en: 'The format of the request is wrong' },
  IpInBlacklist: { status: 502, retryable: false, expose: true, zh: '来源地址在黑名单中', en: 'The address of the caller is blocked' },
  IpNotInWhitelist: { status: 502, retryable: false, expose: true, zh: '来源地址不在白名单中', en: 'The address of the caller is not on the list of those allowed' },
  LimitExceeded: { status: 429, retryable: false, expose: true, zh: '超过配额限制', en: 'A limit is exceeded' },
  NoSuchProduct: { status: 502, retryable: false, expose: true, zh: '产品不存在', en: 'The product does not exist' },
  NoSuchVersion: { status: 502, retryable: false, expose: true, zh: '接口版本不存在', en: 'The version does not exist' },
  RequestLimitExceeded: { status: 429, retryable: true, expose: true, zh: '请求超过频率限制', en: 'Too many requests' },
  'RequestLimitExceeded.GlobalRegionUinLimitExceeded': { status: 429, retryable: true, expose: true, zh: '主账号超过频率限制', en: 'Too many requests of the account' },
  'RequestLimitExceeded.IPLimitExceeded': { status: 429, retryable: true, expose: true, zh: '来源地址超过频率限制', en: 'Too many requests of the address' },
  'RequestLimitExceeded.UinLimitExceeded': { status: 429, retryable: true, expose: true, zh: '主账号超过频率限制', en: 'Too many requests of the account' },
  RequestSizeLimitExceeded: { status: 413, retryable: false, expose: true, zh: '请求包超过大小限制', en: 'The request is too large' },
  ResourceInUse: { status: 409, retryable: true, expose: true, zh: '资源被占用', en: 'The resource is in use' },
  ResourceInsufficient: { status: 503, retryable: true, expose: true, zh: '资源不足', en: 'There are not enough resources' },
  ResponseSizeLimitExceeded: { status: 502, retryable: false, expose: true, zh: '返回包超过大小限制', en: 'The answer is too large' },
  ServiceUnavailable: { status: 503, retryable: true, expose: true, zh: '电子签服务暂不可用', en: 'Tencent e-sign is not available' },
  UnknownParameter: { status: 400, retryable: false, expose: true, zh: '未知参数', en: 'A parameter is unknown' },
  UnsupportedOperation: { status: 400, retryable: false, expose: true, zh: '操作不支持', en: 'The operation is not supported' },
  UnsupportedProtocol: { status: 502, retryable: false, expose: true, zh: '请求协议错误', en: 'The protocol is not supported' },
  UnsupportedRegion: { status: 502, retryable: false, expose: true, zh: '不支持所传地域', en: 'The region is not supported' },
} as const satisfies Record<string, ErrorCode>;

export type ErrorCodeName = keyof typeof errorCodes;

/** An answer whose code nobody has told us of. */
const unlisted: ErrorCode = {
  status: 502,
  retryable: false,
  expose: true,
  zh: '上游返回未知错误码',
  en: 'Upstream refused with a code that is not documented',
};

/** Facts of a code; for an unlisted one those of its family (`OperationDenied.New` → `OperationDenied`). */
export function errorCodeFacts(code: string): ErrorCode {
  const table: Readonly<Record<string, ErrorCode>> = errorCodes;
  const family = code.split('.')[0] ?? code;
  if (Object.hasOwn(table, code)) return table[code] ?? unlisted;
  return Object.hasOwn(table, family) ? (table[family] ?? unlisted) : unlisted;
}
