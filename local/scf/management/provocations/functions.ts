import { emptyZip } from '../good-requests.ts';
import type { Provocation } from './provocation.ts';

export const ofFunctions: readonly Provocation[] = [
  { action: 'CreateFunction', code: 'MissingParameter.Code', patch: { Code: null } },
  { action: 'CreateFunction', code: 'InvalidParameterValue.Code', patch: { Code: { DemoId: 'demo' } } },
  {
    action: 'CreateFunction',
    code: 'UnsupportedOperation',
    patch: { Code: { ZipFile: null, DemoId: 'demo' } },
  },
  { action: 'CreateFunction', code: 'InvalidParameterValue.ZipFile', patch: { Code: { ZipFile: 'AAAA' } } },
  {
    action: 'CreateFunction',
    code: 'InvalidParameterValue.ZipFileBase64BinasciiError',
    patch: { Code: { ZipFile: 'AAA' } },
  },
  ...['a', '1ab', 'ab-', 'ab_', 'a b', 'a'.repeat(61)].map(
    (FunctionName): Provocation => ({
      action: 'CreateFunction',
      code: 'InvalidParameterValue.FunctionName',
      patch: { FunctionName },
    }),
  ),
  ...['index', 'index.', '.main_handler', 'index.main-'].map(
    (Handler): Provocation => ({
      action: 'CreateFunction',
      code: 'InvalidParameterValue.Handler',
      patch: { Handler },
    }),
  ),
  { action: 'CreateFunction', code: 'InvalidParameterValue.Type', patch: { Type: 'Web' } },
  { action: 'CreateFunction', code: 'UnsupportedOperation', patch: { Type: 'HTTP' } },
  { action: 'CreateFunction', code: 'UnsupportedOperation', patch: { Runtime: null } },
  { action: 'CreateFunction', code: 'UnsupportedOperation', patch: { AsyncRunEnable: 'TRUE' } },
  { action: 'CreateFunction', code: 'ResourceInUse.FunctionName', patch: { FunctionName: 'fine' } },
  { action: 'CreateFunction', code: 'ResourceInUse.FunctionName', patch: { FunctionName: 'busy' } },
  { action: 'CreateFunction', code: 'ResourceNotFound.Namespace', patch: { Namespace: 'nowhere' } },
  {
    action: 'CreateFunction',
    code: 'LimitExceeded.Function',
    patch: {},
    before: Array.from({ length: 47 }, (_, index) => ({
      action: 'CreateFunction',
      request: {
        FunctionName: `function-${index}x`,
        Runtime: 'Nodejs20.19',
        Code: { ZipFile: emptyZip },
      },
    })),
  },
  { action: 'UpdateFunctionCode', code: 'InvalidParameterValue.Code', patch: { ZipFile: null } },
  {
    action: 'UpdateFunctionCode',
    code: 'InvalidParameterValue.Code',
    patch: { Code: { ZipFile: emptyZip } },
  },
  { action: 'UpdateFunctionCode', code: 'InvalidParameterValue.ZipFile', patch: { ZipFile: 'AAAA' } },
  {
    action: 'UpdateFunctionCode',
    code: 'InvalidParameterValue.ZipFileBase64BinasciiError',
    patch: { ZipFile: '====' },
  },
  { action: 'UpdateFunctionCode', code: 'InvalidParameterValue.Handler', patch: { Handler: 'x' } },
  {
    action: 'UpdateFunctionCode',
    code: 'UnsupportedOperation',
    patch: { ZipFile: null, CosObjectName: '/x.zip' },
  },
  { action: 'UpdateFunctionCode', code: 'InvalidParameterValue', patch: { Publish: 'true' } },
  {
    action: 'UpdateFunctionConfiguration',
    code: 'InvalidParameterValue.Runtime',
    patch: { Runtime: 'Nodejs18.15' },
  },
  {
    action: 'UpdateFunctionConfiguration',
    code: 'UnknownParameter',
    patch: { Handler: 'index.main_handler' },
  },
  { action: 'GetFunction', code: 'ResourceNotFound.Version', patch: { Qualifier: '9' } },
  { action: 'ListFunctions', code: 'InvalidParameterValue.Limit', patch: { Limit: 1001 } },
  { action: 'ListFunctions', code: 'InvalidParameterValue.Offset', patch: { Offset: -1 } },
  { action: 'ListFunctions', code: 'InvalidParameterValue.Order', patch: { Order: 'asc' } },
  { action: 'ListFunctions', code: 'InvalidParameterValue.OrderBy', patch: { Orderby: 'Size' } },
  {
    action: 'ListFunctions',
    code: 'InvalidParameterValue.Filters',
    patch: { Filters: [{ Name: 'Size', Values: ['1'] }] },
  },
  { action: 'ListFunctions', code: 'ResourceNotFound.Namespace', patch: { Namespace: 'nowhere' } },
  { action: 'DeleteFunction', code: 'InvalidParameterValue.Qualifier', patch: { Qualifier: '$LATEST' } },
  { action: 'DeleteFunction', code: 'ResourceNotFound.Qualifier', patch: { Qualifier: '9' } },
  {
    action: 'DeleteFunction',
    code: 'UnsupportedOperation.AliasBind',
    patch: { FunctionName: 'fine', Qualifier: '1' },
  },
  {
    action: 'DeleteFunction',
    code: 'FailedOperation.DeleteTrigger.UrlUsed',
    patch: { FunctionName: 'fine' },
  },
  { action: 'Invoke', code: 'InvalidParameterValue.Param', patch: { ClientContext: '{' } },
  {
    action: 'Invoke',
    code: 'InvalidParameterValue.Param',
    patch: { ClientContext: `"${'x'.repeat(131_072)}"` },
  },
  { action: 'Invoke', code: 'ResourceNotFound.Qualifier', patch: { Qualifier: 'nothing' } },
  { action: 'Invoke', code: 'InvalidParameterValue', patch: { InvocationType: 'Maybe' } },
];
