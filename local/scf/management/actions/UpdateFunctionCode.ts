import * as z from 'zod/mini';
import { zipLimitBytes } from '../../../../shared/scf/limits.ts';
import { done, manage } from '../gateway/managed-action.ts';
import { refuse } from '../gateway/refuse.ts';
import { Code, flatCodeMembers } from '../schemas/code.ts';
import { functionMembers, Handler } from '../schemas/names.ts';
import { TrueOrFalse } from '../schemas/structs.ts';
import { findFunction, refuseBusy } from '../state/find.ts';
import { canBegin } from '../state/life.ts';
import { receiveCode } from '../state/receive-code.ts';
import { beginAct } from '../state/settle.ts';

export const updateFunctionCode = manage({
  name: 'UpdateFunctionCode',
  request: z.strictObject({
    ...functionMembers,
    Handler: z.optional(Handler),
    Code: z.optional(Code),
    ...flatCodeMembers,
    InstallDependency: z.optional(TrueOrFalse),
    EnvId: z.optional(z.string()),
    Publish: z.optional(TrueOrFalse),
    CodeSource: z.optional(z.string()),
  }),
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
  handle(asked, services) {
    const fn = findFunction(services, asked);
    if (!fn.ok) return fn;
    const { latest } = fn.value;
    if (!canBegin(latest.life, 'update')) {
      return refuseBusy(services, fn.value, latest, 'FailedOperation.UpdateFunctionCode');
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
    beginAct(services, fn.value, latest, 'update');
    return done;
  },
});
