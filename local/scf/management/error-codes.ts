import type { Text } from '../../../shared/text.ts';

/**
 * Every code that the stand-in answers of itself, in words of our own. Which action may answer which is said beside
 * each action. Source: the lists of codes in the official SDKs for Go; those of the first block belong
 * to the gateway that all of Tencent Cloud shares.
 */
export const scfErrorCodes = {
  'AuthFailure.InvalidAuthorization': { zh: 'Authorization 不合规范', en: 'Authorization is malformed' },
  'AuthFailure.SecretIdNotFound': { zh: '密钥不存在', en: 'there is no such SecretId' },
  'AuthFailure.SignatureExpire': { zh: '签名过期', en: 'the signature has expired' },
  'AuthFailure.SignatureFailure': { zh: '签名验证失败', en: 'the signature is not valid' },
  'AuthFailure.TokenFailure': { zh: '临时凭证错误', en: 'the token is wrong' },
  InternalError: { zh: '内部错误', en: 'internal error' },
  InvalidAction: { zh: '接口不存在', en: 'there is no such action' },
  InvalidParameter: { zh: '参数错误', en: 'a parameter is wrong' },
  MissingParameter: { zh: '缺少参数', en: 'a parameter is missing' },
  NoSuchVersion: { zh: '接口版本不存在', en: 'there is no such version' },
  RequestLimitExceeded: { zh: '请求频率超限', en: 'too many requests' },
  RequestSizeLimitExceeded: { zh: '请求体过大', en: 'the request is too large' },
  UnknownParameter: { zh: '未知参数', en: 'a parameter is not known' },
  UnsupportedProtocol: { zh: '请求方法不支持', en: 'the method is not supported' },
  UnsupportedRegion: { zh: '地域不支持', en: 'the region is not supported' },

  'FailedOperation.CreateAlias': { zh: '创建别名失败', en: 'the alias cannot be created' },
  'FailedOperation.CreateTrigger': {
    zh: '当前函数状态无法进行此操作',
    en: 'the status of the function does not allow this',
  },
  'FailedOperation.DeleteTrigger.UrlUsed': {
    zh: '函数 URL 正被自定义域名使用',
    en: 'a custom domain points at the Function URL',
  },
  'FailedOperation.FunctionStatusError': {
    zh: '函数在部署中，无法进行此操作',
    en: 'the function is being deployed',
  },
  'FailedOperation.FunctionVersionStatusNotActive': {
    zh: '当前函数版本状态无法进行此操作',
    en: 'the version is not active',
  },
  'FailedOperation.PublishVersion': {
    zh: '当前函数状态无法发布版本',
    en: 'the status of the function does not allow to publish',
  },
  'FailedOperation.UpdateAlias': { zh: '更新别名失败', en: 'the alias cannot be changed' },
  'FailedOperation.UpdateFunctionCode': {
    zh: '当前函数状态无法更新代码',
    en: 'the status of the function does not allow to change its code',
  },
  'FailedOperation.UpdateFunctionConfiguration': {
    zh: '当前函数状态无法更新配置',
    en: 'the status of the function does not allow to change its configuration',
  },

  InvalidParameterValue: { zh: '参数取值错误', en: 'a value is wrong' },
  'InvalidParameterValue.AdditionalVersionWeights': {
    zh: 'AdditionalVersionWeights 不正确',
    en: 'AdditionalVersionWeights is wrong',
  },
  'InvalidParameterValue.AsyncTriggerConfig': { zh: '异步重试配置无效', en: 'AsyncTriggerConfig is wrong' },
  'InvalidParameterValue.Code': { zh: 'Code 不正确', en: 'Code is wrong' },
  'InvalidParameterValue.CustomArgument': { zh: 'CustomArgument 过长', en: 'CustomArgument is too long' },
  'InvalidParameterValue.DeadLetterConfig': {
    zh: 'DeadLetterConfig 不正确',
    en: 'DeadLetterConfig is wrong',
  },
  'InvalidParameterValue.Description': { zh: 'Description 不正确', en: 'Description is wrong' },
  'InvalidParameterValue.Enable': { zh: 'Enable 不正确', en: 'Enable is wrong' },
  'InvalidParameterValue.Environment': { zh: 'Environment 不正确', en: 'Environment is wrong' },
  'InvalidParameterValue.EnvironmentExceededLimit': {
    zh: '环境变量大小超限',
    en: 'the environment is too large',
  },
  'InvalidParameterValue.EnvironmentSystemProtect': {
    zh: '不支持修改系统环境变量',
    en: 'the platform keeps these variables',
  },
  'InvalidParameterValue.Filters': { zh: 'Filters 不正确', en: 'Filters is wrong' },
  'InvalidParameterValue.FunctionName': { zh: 'FunctionName 不正确', en: 'FunctionName is wrong' },
  'InvalidParameterValue.Handler': { zh: 'Handler 不正确', en: 'Handler is wrong' },
  'InvalidParameterValue.Layers': { zh: 'Layers 不正确', en: 'Layers is wrong' },
  'InvalidParameterValue.Limit': { zh: 'Limit 不正确', en: 'Limit is wrong' },
  'InvalidParameterValue.Memory': { zh: 'MemorySize 不正确', en: 'MemorySize is wrong' },
  'InvalidParameterValue.Name': { zh: 'Name 不正确', en: 'Name is wrong' },
  'InvalidParameterValue.Offset': { zh: 'Offset 不正确', en: 'Offset is wrong' },
  'InvalidParameterValue.Order': { zh: 'Order 不正确', en: 'Order is wrong' },
  'InvalidParameterValue.OrderBy': { zh: 'OrderBy 不正确', en: 'OrderBy is wrong' },
  'InvalidParameterValue.Param': { zh: '入参不是标准的 JSON', en: 'the event is not JSON' },
  'InvalidParameterValue.PublicNetConfig': { zh: 'PublicNetConfig 不正确', en: 'PublicNetConfig is wrong' },
  'InvalidParameterValue.Qualifier': { zh: '不支持的函数版本', en: 'the version is not supported here' },
  'InvalidParameterValue.RoutingConfig': { zh: 'RoutingConfig 不正确', en: 'RoutingConfig is wrong' },
  'InvalidParameterValue.Runtime': { zh: 'Runtime 不正确', en: 'Runtime is wrong' },
  'InvalidParameterValue.TriggerDesc': { zh: 'TriggerDesc 不正确', en: 'TriggerDesc is wrong' },
  'InvalidParameterValue.TriggerName': { zh: 'TriggerName 不正确', en: 'TriggerName is wrong' },
  'InvalidParameterValue.Type': { zh: 'Type 不正确', en: 'Type is wrong' },
  'InvalidParameterValue.ZipFile': { zh: '不是标准的 zip 文件', en: 'ZipFile is no zip file' },
  'InvalidParameterValue.ZipFileBase64BinasciiError': { zh: 'base64 解码失败', en: 'ZipFile is not base64' },

  'LimitExceeded.Function': { zh: '函数数量超限', en: 'there are too many functions' },
  'LimitExceeded.FunctionReservedConcurrencyMemory': {
    zh: '函数保留并发内存超限',
    en: 'the reserved memory is more than there is',
  },
  'LimitExceeded.FunctionTotalProvisionedConcurrencyNum': {
    zh: '函数预置并发总数超限',
    en: 'the provisioned concurrency is more than there is',
  },
  'LimitExceeded.InitTimeout': { zh: 'InitTimeout 超限', en: 'InitTimeout is too long' },
  'LimitExceeded.Memory': { zh: '内存超限', en: 'MemorySize is too large' },
  'LimitExceeded.MsgTTL': { zh: '消息保留时间超限', en: 'MsgTTL is out of bounds' },
  'LimitExceeded.RetryNum': { zh: '异步重试次数超限', en: 'RetryNum is too large' },
  'LimitExceeded.Timeout': { zh: 'Timeout 超限', en: 'Timeout is too long' },
  'LimitExceeded.Trigger': { zh: '触发器数量超限', en: 'there are too many triggers' },
  'MissingParameter.Code': { zh: 'Code 没有传入', en: 'Code is missing' },

  ResourceInUse: { zh: '资源被占用', en: 'the resource is in use' },
  'ResourceInUse.Alias': { zh: '别名已被占用', en: 'the alias exists' },
  'ResourceInUse.FunctionName': { zh: 'FunctionName 已存在', en: 'the function exists' },
  'ResourceInUse.Trigger': { zh: '触发器已存在', en: 'the trigger exists' },
  'ResourceInUse.TriggerName': { zh: 'TriggerName 已存在', en: 'the name of the trigger exists' },
  ResourceNotFound: { zh: '资源不存在', en: 'there is no such resource' },
  'ResourceNotFound.Alias': { zh: '别名不存在', en: 'there is no such alias' },
  'ResourceNotFound.Function': { zh: '函数不存在', en: 'there is no such function' },
  'ResourceNotFound.FunctionVersion': { zh: '函数版本不存在', en: 'the function has no such version' },
  'ResourceNotFound.Layer': { zh: '层不存在', en: 'there is no such layer' },
  'ResourceNotFound.Namespace': { zh: 'Namespace 不存在', en: 'there is no such namespace' },
  'ResourceNotFound.Qualifier': { zh: '版本或别名不存在', en: 'there is no such version or alias' },
  'ResourceNotFound.Trigger': { zh: '触发器不存在', en: 'there is no such trigger' },
  'ResourceNotFound.Version': { zh: '版本不存在', en: 'there is no such version' },
  UnsupportedOperation: { zh: '操作不支持', en: 'the operation is not supported' },
  'UnsupportedOperation.AliasBind': { zh: '版本仍有别名绑定', en: 'an alias points at the version' },
  'UnsupportedOperation.Trigger': { zh: '触发器操作不支持', en: 'the trigger is not supported' },
} as const satisfies Record<string, Text>;

export type ScfErrorCode = keyof typeof scfErrorCodes;
