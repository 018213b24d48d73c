/** What runs is replaced as a whole, when the update has come to its end. */
import * as z from 'zod/mini';
import { zipLimitBytes } from '../../../../shared/scf/limits.ts';
import { done, manageFunction } from '../gateway/managed-action.ts';
import { refuse } from '../gateway/refuse.ts';
import { Code, flatCodeMembers } from '../schemas/code.ts';
import { configurationMembers } from '../schemas/configuration-members.ts';
import { Handler } from '../schemas/names.ts';
import { TrueOrFalse } from '../schemas/structs.ts';
import { configured } from '../state/configure.ts';
import { refuseBusy } from '../state/find.ts';
import { canBegin } from '../state/life.ts';
import { receiveCode } from '../state/receive-code.ts';
import { beginAct } from '../state/settle.ts';

export const updateFunctionCode = manageFunction({
  name: 'UpdateFunctionCode',
  members: {
    Handler: z.optional(Handler),
    Code: z.optional(Code),
    ...flatCodeMembers,
    InstallDependency: z.optional(TrueOrFalse),
    EnvId: z.optional(z.string()),
    Publish: z.optional(TrueOrFalse),
    CodeSource: z.optional(z.string()),
  },
  publishedCodes: [
    'FailedOperation.UpdateFunctionCode',
    'InvalidParameterValue.Code',
    'InvalidParameterValue.Handler',
    'InvalidParameterValue.ZipFile',
    'InvalidParameterValue.ZipFileBase64BinasciiError',
    'ResourceNotFound.Function',
    'ResourceNotFound.Namespace',
    'UnsupportedOperation',
  ],
  valueCodes: { Handler: 'InvalidParameterValue.Handler' },
  handle(asked, fn, services) {
    const { latest } = fn;
    if (!canBegin(latest.life, 'update')) {
      return refuseBusy(services, fn, latest, 'FailedOperation.UpdateFunctionCode');
    }
    const { Code: nested, ZipFile, CosBucketName, CosObjectName, CosBucketRegion } = asked;
    const flat = { ZipFile, CosBucketName, CosObjectName, CosBucketRegion };
    if (nested !== undefined && Object.values(flat).some((member) => member !== undefined)) {
      return refuse('InvalidParameterValue.Code', { zh: '代码给了两次', en: 'the code is there twice' });
    }
    const code = receiveCode(nested ?? flat, zipLimitBytes.update);
    if (!code.ok) return code;
    const { content } = latest;
    latest.next = {
      content: { ...content, handler: asked.Handler ?? content.handler, code: code.value },
      publish: asked.Publish === 'TRUE',
    };
    beginAct(services, fn, latest, 'update');
    return done;
  },
});

export const updateFunctionConfiguration = manageFunction({
  name: 'UpdateFunctionConfiguration',
  members: {
    ...configurationMembers,
    Runtime: z.optional(z.string()),
    Publish: z.optional(TrueOrFalse),
    L5Enable: z.optional(TrueOrFalse),
    IgnoreSysLog: z.optional(z.boolean()),
  },
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
  handle(asked, fn, services) {
    const { latest, runtime } = fn;
    if (asked.Runtime !== undefined && asked.Runtime !== runtime) {
      return refuse('InvalidParameterValue.Runtime', {
        zh: 'Runtime 创建后不能修改',
        en: 'Runtime cannot be changed',
      });
    }
    if (!canBegin(latest.life, 'update')) {
      return refuseBusy(services, fn, latest, 'FailedOperation.UpdateFunctionConfiguration');
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
    beginAct(services, fn, latest, 'update');
    return done;
  },
});
