import * as z from 'zod/mini';
import { messageAgeS, retryLimit } from '../account-limits.ts';
import { done, manage } from '../gateway/managed-action.ts';
import { refuse } from '../gateway/refuse.ts';
import { functionMembers } from '../schemas/names.ts';
import { AsyncTriggerConfig } from '../schemas/structs.ts';
import { findFunction, refuseBusy } from '../state/find.ts';

export const updateFunctionEventInvokeConfig = manage({
  name: 'UpdateFunctionEventInvokeConfig',
  request: z.strictObject({ ...functionMembers, AsyncTriggerConfig }),
  publishedCodes: [
    'FailedOperation.FunctionVersionStatusNotActive',
    'InvalidParameterValue.AsyncTriggerConfig',
    'LimitExceeded.MsgTTL',
    'LimitExceeded.RetryNum',
    'ResourceNotFound.Function',
    'ResourceNotFound.Namespace',
  ],
  valueCodes: { AsyncTriggerConfig: 'InvalidParameterValue.AsyncTriggerConfig' },
  handle(asked, services) {
    const fn = findFunction(services, asked);
    if (!fn.ok) return fn;
    const { latest } = fn.value;
    if (latest.life.status !== 'Active') {
      return refuseBusy(services, fn.value, latest, 'FailedOperation.FunctionVersionStatusNotActive');
    }
    const { RetryConfig, MsgTTL } = asked.AsyncTriggerConfig;
    const [retry, ...more] = RetryConfig;
    if (retry === undefined || more.length > 0) {
      return refuse('InvalidParameterValue.AsyncTriggerConfig', {
        zh: 'RetryConfig 须有一项',
        en: 'RetryConfig must have one entry',
      });
    }
    const { RetryNum } = retry;
    if (RetryNum < 0 || RetryNum > retryLimit) return refuse('LimitExceeded.RetryNum', `0 – ${retryLimit}`);
    if (MsgTTL < messageAgeS.least || MsgTTL > messageAgeS.most) {
      return refuse('LimitExceeded.MsgTTL', `${messageAgeS.least} – ${messageAgeS.most} s`);
    }
    fn.value.retry = { RetryNum, MsgTTL };
    return done;
  },
});
