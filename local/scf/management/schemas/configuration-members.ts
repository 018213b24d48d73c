import * as z from 'zod/mini';
import { schemaError } from '../../../../shared/text.ts';
import { layersPerFunction, memoryLimitMb, timeoutLimitS } from '../account-limits.ts';
import {
  DeadLetterConfig,
  Environment,
  IntranetConfigIn,
  LayerVersionSimple,
  Opaque,
  PublicNetConfigIn,
  TrueOrFalse,
  VpcConfig,
} from './structs.ts';

const { least, step, most } = memoryLimitMb;
/** What is above the limit has a code of its own, which only the action can give. */
const isMemorySize = (mb: number) => mb === least || (mb >= step && mb % step === 0);

export const Description = z
  .string()
  .check(
    z.refine(
      (text) => [...text].length <= 1000,
      schemaError({ zh: '至多 1000 个字符', en: 'must have at most 1000 characters' }),
    ),
  );

/** Members that creating and changing a function have in common. */
export const configurationMembers = {
  Description: z.optional(Description),
  MemorySize: z.optional(
    z.int().check(
      z.refine(
        isMemorySize,
        schemaError({
          zh: `须为 ${least}，或 ${step} 至 ${most} 之间 ${step} 的倍数`,
          en: `must be ${least}, or ${step} to ${most} in steps of ${step}`,
        }),
      ),
    ),
  ),
  Timeout: z.optional(z.int().check(z.minimum(1))),
  InitTimeout: z.optional(z.int().check(z.minimum(1))),
  Environment: z.optional(Environment),
  VpcConfig: z.optional(VpcConfig),
  Role: z.optional(z.string()),
  InstallDependency: z.optional(TrueOrFalse),
  ClsLogsetId: z.optional(z.string()),
  ClsTopicId: z.optional(z.string()),
  Layers: z.optional(z.array(LayerVersionSimple).check(z.maxLength(layersPerFunction))),
  DeadLetterConfig: z.optional(DeadLetterConfig),
  PublicNetConfig: z.optional(PublicNetConfigIn),
  CfsConfig: z.optional(Opaque),
  ProtocolParams: z.optional(Opaque),
  InstanceConcurrencyConfig: z.optional(Opaque),
  DnsCache: z.optional(TrueOrFalse),
  IntranetConfig: z.optional(IntranetConfigIn),
};

export const ConfigurationMembers = z.object(configurationMembers);
export type ConfigurationMembers = z.infer<typeof ConfigurationMembers>;

/** Of a value of `MemorySize` or `Timeout` that is too much, which is the platform's quota and not the form. */
export const beyondQuota = ({ MemorySize = 0, Timeout = 0, InitTimeout = 0 }: ConfigurationMembers) => {
  if (MemorySize > most) return { code: 'LimitExceeded.Memory', detail: `MemorySize > ${most}` } as const;
  if (Timeout > timeoutLimitS) {
    return { code: 'LimitExceeded.Timeout', detail: `Timeout > ${timeoutLimitS}` } as const;
  }
  if (InitTimeout > initTimeoutLimitS) {
    return { code: 'LimitExceeded.InitTimeout', detail: `InitTimeout > ${initTimeoutLimitS}` } as const;
  }
  return undefined;
};

/** Assumed: no document that we know has it. Seconds. */
const initTimeoutLimitS = 300;
