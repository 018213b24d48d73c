import type { Provocation } from './provocation.ts';

const endpoint = { Namespace: 'default', FunctionName: 'fine', Qualifier: '$LATEST', PathMatch: '/*' };

export const ofDomains: readonly Provocation[] = [
  { action: 'CreateCustomDomain', code: 'ResourceInUse', patch: { Domain: 'A.example.com' } },
  {
    action: 'CreateCustomDomain',
    code: 'ResourceNotFound.Function',
    patch: { EndpointsConfig: [{ ...endpoint, FunctionName: 'nothing' }] },
  },
  {
    action: 'CreateCustomDomain',
    code: 'ResourceNotFound.Namespace',
    patch: { EndpointsConfig: [{ ...endpoint, Namespace: 'nowhere' }] },
  },
  {
    action: 'CreateCustomDomain',
    code: 'ResourceNotFound.Trigger',
    patch: { EndpointsConfig: [{ ...endpoint, FunctionName: 'plain' }] },
  },
  { action: 'CreateCustomDomain', code: 'InvalidParameterValue', patch: { Domain: '*.example.com' } },
  { action: 'CreateCustomDomain', code: 'InvalidParameterValue', patch: { Protocol: 'HTTPS' } },
  { action: 'CreateCustomDomain', code: 'InvalidParameterValue', patch: { EndpointsConfig: [] } },
  {
    action: 'CreateCustomDomain',
    code: 'InvalidParameterValue',
    patch: { EndpointsConfig: [endpoint, endpoint] },
  },
  {
    action: 'CreateCustomDomain',
    code: 'InvalidParameterValue',
    patch: { EndpointsConfig: [{ ...endpoint, PathMatch: 'fine' }] },
  },
  { action: 'UpdateCustomDomain', code: 'ResourceNotFound', patch: { Domain: 'nothing.example.com' } },
  {
    action: 'UpdateCustomDomain',
    code: 'ResourceNotFound.Function',
    patch: { EndpointsConfig: [{ ...endpoint, FunctionName: 'nothing' }] },
  },
  {
    action: 'UpdateCustomDomain',
    code: 'ResourceNotFound.Namespace',
    patch: { EndpointsConfig: [{ ...endpoint, Namespace: 'nowhere' }] },
  },
  {
    action: 'UpdateCustomDomain',
    code: 'ResourceNotFound.Trigger',
    patch: { EndpointsConfig: [{ ...endpoint, Qualifier: '1' }] },
  },
  { action: 'UpdateCustomDomain', code: 'InvalidParameterValue', patch: { Protocol: 'HTTP&HTTPS' } },
  { action: 'DeleteCustomDomain', code: 'ResourceNotFound', patch: { Domain: 'nothing.example.com' } },
];
