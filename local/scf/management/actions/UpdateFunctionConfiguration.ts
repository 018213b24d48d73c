import * as z from 'zod/mini';
import { done, manage } from '../gateway/managed-action.ts';
import { refuse } from '../gateway/refuse.ts';
import { configurationMembers } from '../schemas/configuration-members.ts';
import { functionMembers } from '../schemas/names.ts';
import { TrueOrFalse } from '../schemas/structs.ts';
import { configured } from '../state/configure.ts';
import { findFunction, refuseBusy } from '../state/find.ts';
import { canBegin } from '../state/life.ts';
import { beginAct } from '../state/settle.ts';

export const updateFunctionConfiguration = manage({
  name: 'UpdateFunctionConfiguration',
  request: z.strictObject({
    ...functionMembers,
    ...configurationMembers,
    Runtime: z.optional(z.string()),
    Publish: z.optional(TrueOrFalse),
    L5Enable: z.optional(TrueOrFalse),
    IgnoreSysLog: z.optional(z.boolean()),
  }),
  publishedCodes: [
    'FailedOperation.UpdateFunctionConfiguration',
    'InvalidParameterValue.Description',
    'InvalidParameterValue.Environment',
    'InvalidParameterValue.EnvironmentExceededLimit',
    'InvalidParameterValue.EnvironmentSystemProtect',
    'InvalidParameterValue.Layers',
    'InvalidParameterValue.Memory',
    'InvalidParameterValue.PublicNetConfig',
    'InvalidParameterValue.Runtime',
    'LimitExceeded.InitTimeout',
    'LimitExceeded.Memory',
    'LimitExceeded.Timeout',
    'ResourceNotFound.Function',
    'ResourceNotFound.Layer',
    'ResourceNotFound.Namespace',
    'UnsupportedOperation',
  ],
  assumedCodes: ['InvalidParameterValue.DeadLetterConfig'],
  valueCodes: {
    Description: 'InvalidParameterValue.Description',
    Layers: 'InvalidParameterValue.Layers',
    MemorySize: 'InvalidParameterValue.Memory',
    PublicNetConfig: 'InvalidParameterValue.PublicNetConfig',
  },
  handle(asked, services) {
    const fn = findFunction(services, asked);
    if (!fn.ok) return fn;
    const { latest, runtime } = fn.value;
    if (asked.Runtime !== undefined && asked.Runtime !== runtime) {
      return refuse('InvalidParameterValue.Runtime', {
        zh: 'Runtime 创建后不能修改',
        en: 'Runtime cannot be changed',
      });
    }
    if (!canBegin(latest.life, 'update')) {
      return refuseBusy(services, fn.value, latest, 'FailedOperation.UpdateFunctionConfiguration');
    }
    const { content } = latest;
    const configuration = configured(content.configuration, asked);
    if (!configuration.ok) return configuration;
    latest.next = {
      content: {
        ...content,
        configuration: {
          ...configuration.value,
          L5Enable: asked.L5Enable ?? content.configuration.L5Enable,
        },
      },
      publish: asked.Publish === 'TRUE',
    };
    beginAct(services, fn.value, latest, 'update');
    return done;
  },
});
