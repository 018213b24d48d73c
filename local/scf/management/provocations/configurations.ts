import type { Provocation } from './provocation.ts';

const variables = (...keys: string[]) => ({
  Environment: { Variables: keys.map((Key) => ({ Key, Value: 'x' })) },
});

/** Of the configuration of a function, whether it is created or changed. */
const ofConfiguration: readonly Omit<Provocation, 'action'>[] = [
  { code: 'InvalidParameterValue.DeadLetterConfig', patch: { DeadLetterConfig: { Type: 'x', Name: 'y' } } },
  { code: 'InvalidParameterValue.Environment', patch: variables('1A') },
  { code: 'InvalidParameterValue.Environment', patch: variables('AA', 'AA') },
  { code: 'InvalidParameterValue.EnvironmentSystemProtect', patch: variables('SCF_NAMESPACE') },
  { code: 'InvalidParameterValue.EnvironmentSystemProtect', patch: variables('QCLOUD_A') },
  { code: 'InvalidParameterValue.EnvironmentSystemProtect', patch: variables('TENCENTCLOUD_A') },
  {
    code: 'InvalidParameterValue.EnvironmentExceededLimit',
    patch: { Environment: { Variables: [{ Key: 'AA', Value: 'x'.repeat(4095) }] } },
  },
  { code: 'InvalidParameterValue.Memory', patch: { MemorySize: 100 } },
  { code: 'InvalidParameterValue.PublicNetConfig', patch: { PublicNetConfig: { PublicNetStatus: 'OPEN' } } },
  { code: 'InvalidParameterValue.Runtime', patch: { Runtime: 'Nodejs99' } },
  { code: 'InvalidParameterValue', patch: { Timeout: 0 } },
  { code: 'InvalidParameterValue', patch: { DnsCache: 'true' } },
  { code: 'InvalidParameter', patch: { Timeout: '10' } },
  { code: 'LimitExceeded.InitTimeout', patch: { InitTimeout: 301 } },
  { code: 'LimitExceeded.Memory', patch: { MemorySize: 3200 } },
  { code: 'LimitExceeded.Timeout', patch: { Timeout: 901 } },
  { code: 'ResourceNotFound.Layer', patch: { Layers: [{ LayerName: 'a', LayerVersion: 1 }] } },
  {
    code: 'InvalidParameterValue.Layers',
    patch: { Layers: Array.from({ length: 6 }, () => ({ LayerName: 'a', LayerVersion: 1 })) },
  },
  { code: 'UnsupportedOperation', patch: { CfsConfig: { CfsInsList: [{}] } } },
  { code: 'UnsupportedOperation', patch: { InstanceConcurrencyConfig: {} } },
];

export const ofConfigurations: readonly Provocation[] = [
  ...(['CreateFunction', 'UpdateFunctionConfiguration'] as const).flatMap((action) =>
    ofConfiguration.map((one): Provocation => ({ action, ...one })),
  ),
  ...(
    ['CreateFunction', 'UpdateFunctionConfiguration', 'PublishVersion', 'CreateAlias', 'UpdateAlias'] as const
  ).map(
    (action): Provocation => ({
      action,
      code: 'InvalidParameterValue.Description',
      patch: { Description: '字'.repeat(1001) },
    }),
  ),
];
