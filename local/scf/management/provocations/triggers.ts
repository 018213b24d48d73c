import { httpDesc } from '../good-requests.ts';
import type { Provocation } from './provocation.ts';

const timers = Array.from({ length: 9 }, (_, index) => ({
  action: 'CreateTrigger',
  request: {
    FunctionName: 'plain',
    TriggerName: `timer-${index}`,
    Type: 'timer',
    TriggerDesc: '0 0 * * * * *',
    Enable: 'CLOSE',
  },
}));
const withUrl = { TriggerName: 'url', Type: 'http', TriggerDesc: httpDesc, CustomArgument: null };

export const ofTriggers: readonly Provocation[] = [
  {
    action: 'CreateTrigger',
    code: 'InvalidParameterValue.CustomArgument',
    patch: { CustomArgument: 'x'.repeat(4097) },
  },
  { action: 'CreateTrigger', code: 'InvalidParameterValue.Enable', patch: { Enable: '1' } },
  {
    action: 'CreateTrigger',
    code: 'InvalidParameterValue.TriggerDesc',
    patch: { TriggerDesc: '{"cron":"0 * * * * * *"}' },
  },
  { action: 'CreateTrigger', code: 'InvalidParameterValue.TriggerDesc', patch: { TriggerDesc: '* * *' } },
  { action: 'CreateTrigger', code: 'InvalidParameterValue.TriggerDesc', patch: { TriggerDesc: null } },
  {
    action: 'CreateTrigger',
    code: 'InvalidParameterValue.TriggerDesc',
    patch: { ...withUrl, TriggerDesc: 'NONE' },
  },
  {
    action: 'CreateTrigger',
    code: 'InvalidParameterValue.TriggerDesc',
    patch: { ...withUrl, TriggerDesc: '{}' },
  },
  {
    action: 'CreateTrigger',
    code: 'InvalidParameterValue.TriggerName',
    patch: { TriggerName: 'x'.repeat(61) },
  },
  { action: 'CreateTrigger', code: 'InvalidParameterValue.Type', patch: { Type: 'apigw' } },
  { action: 'CreateTrigger', code: 'UnsupportedOperation.Trigger', patch: { Type: 'cos' } },
  {
    action: 'CreateTrigger',
    code: 'ResourceInUse.TriggerName',
    patch: { FunctionName: 'fine', TriggerName: 'tick' },
  },
  {
    action: 'CreateTrigger',
    code: 'ResourceInUse.Trigger',
    patch: { ...withUrl, FunctionName: 'fine', TriggerName: 'another' },
  },
  { action: 'CreateTrigger', code: 'ResourceNotFound.Qualifier', patch: { Qualifier: '9' } },
  {
    action: 'CreateTrigger',
    code: 'LimitExceeded.Trigger',
    patch: { TriggerName: 'eleventh' },
    before: [
      ...timers,
      { action: 'CreateTrigger', request: { ...timers[0]?.request, TriggerName: 'tenth' } },
    ],
  },
  {
    action: 'UpdateTrigger',
    code: 'InvalidParameterValue.CustomArgument',
    patch: { CustomArgument: 'x'.repeat(4097) },
  },
  { action: 'UpdateTrigger', code: 'InvalidParameterValue.Enable', patch: { Enable: '0' } },
  {
    action: 'UpdateTrigger',
    code: 'InvalidParameterValue.TriggerDesc',
    patch: { TriggerDesc: '{"cron":"0 * * * * * *"}' },
  },
  { action: 'UpdateTrigger', code: 'InvalidParameterValue.Type', patch: { Type: 'cos' } },
  { action: 'UpdateTrigger', code: 'ResourceNotFound.Trigger', patch: { TriggerName: 'nothing' } },
  { action: 'DeleteTrigger', code: 'InvalidParameterValue.Type', patch: { Type: 'clb' } },
  { action: 'DeleteTrigger', code: 'ResourceNotFound.Trigger', patch: { Qualifier: '1' } },
  {
    action: 'DeleteTrigger',
    code: 'FailedOperation.DeleteTrigger.UrlUsed',
    patch: { TriggerName: 'url', Type: 'http' },
  },
  {
    action: 'ListTriggers',
    code: 'InvalidParameterValue.Filters',
    patch: { Filters: [{ Name: 'Size', Values: [] }] },
  },
  { action: 'ListTriggers', code: 'InvalidParameterValue.Order', patch: { Order: 'up' } },
  { action: 'ListTriggers', code: 'InvalidParameterValue.OrderBy', patch: { OrderBy: 'name' } },
];
