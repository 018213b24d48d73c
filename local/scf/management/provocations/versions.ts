import type { Provocation } from './provocation.ts';

const weights = (...versions: [string, number][]) => ({
  RoutingConfig: { AdditionalVersionWeights: versions.map(([Version, Weight]) => ({ Version, Weight })) },
});
const match = { Version: '1', Key: 'invoke.headers.User', Method: 'exact', Expression: 'x' };

export const ofVersions: readonly Provocation[] = [
  { action: 'ListVersionByFunction', code: 'InvalidParameterValue.Order', patch: { Order: 'up' } },
  { action: 'ListVersionByFunction', code: 'InvalidParameterValue.OrderBy', patch: { OrderBy: 'name' } },
  {
    action: 'CreateAlias',
    code: 'FailedOperation.CreateAlias',
    patch: { FunctionVersion: '2' },
    before: [{ action: 'PublishVersion', request: { FunctionName: 'fine' } }],
  },
  {
    action: 'CreateAlias',
    code: 'InvalidParameterValue.AdditionalVersionWeights',
    patch: weights(['1', 0.1]),
  },
  {
    action: 'CreateAlias',
    code: 'InvalidParameterValue.AdditionalVersionWeights',
    patch: weights(['$LATEST', 1.1]),
  },
  {
    action: 'CreateAlias',
    code: 'InvalidParameterValue.AdditionalVersionWeights',
    patch: weights(['$LATEST', 0.1], ['2', 0.1]),
  },
  {
    action: 'CreateAlias',
    code: 'InvalidParameterValue.RoutingConfig',
    patch: {
      RoutingConfig: { ...weights(['$LATEST', 0.1]).RoutingConfig, AddtionVersionMatchs: [match] },
    },
  },
  { action: 'CreateAlias', code: 'InvalidParameterValue.Name', patch: { Name: '1a' } },
  { action: 'CreateAlias', code: 'ResourceInUse.Alias', patch: { Name: 'live' } },
  { action: 'CreateAlias', code: 'ResourceInUse.Alias', patch: { Name: '$DEFAULT' } },
  { action: 'CreateAlias', code: 'ResourceNotFound.FunctionVersion', patch: { FunctionVersion: '9' } },
  {
    action: 'UpdateAlias',
    code: 'FailedOperation.UpdateAlias',
    patch: { FunctionVersion: '2' },
    before: [{ action: 'PublishVersion', request: { FunctionName: 'fine' } }],
  },
  {
    action: 'UpdateAlias',
    code: 'InvalidParameterValue.AdditionalVersionWeights',
    patch: weights(['1', 0.1]),
  },
  {
    action: 'UpdateAlias',
    code: 'InvalidParameterValue.RoutingConfig',
    patch: {
      RoutingConfig: { ...weights(['$LATEST', 0.1]).RoutingConfig, AddtionVersionMatchs: [match] },
    },
  },
  { action: 'UpdateAlias', code: 'ResourceNotFound.Alias', patch: { Name: 'nothing' } },
  { action: 'UpdateAlias', code: 'ResourceNotFound.FunctionVersion', patch: { FunctionVersion: '9' } },
  { action: 'GetAlias', code: 'ResourceNotFound.Alias', patch: { Name: 'nothing' } },
];
