/** Running a function, and how often asynchronous events are tried again. */
import * as z from 'zod/mini';
import { type Found, found, type Outcome } from '../../../cloud-api/outcome.ts';
import { eventLimitBytes } from '../../function-host.ts';
import { messageAgeS, retryLimit } from '../account-limits.ts';
import { done, manageFunction } from '../gateway/managed-action.ts';
import { refuse } from '../gateway/refuse.ts';
import type { InvocationKind, Run } from '../run/runner.ts';
import { AsyncTriggerConfig } from '../schemas/structs.ts';
import { refuseBusy } from '../state/find.ts';
import { latestVersion } from '../state/function-record.ts';
import { resolve } from '../state/versions.ts';

/**
 * A version that is not `Active` is rejected for updates too: an assumption on the strict side. A Function URL and a timer
 * go on with the old code until it is.
 */
export const invoke = manageFunction({
  name: 'Invoke',
  members: {
    InvocationType: z.optional(z.enum(['RequestResponse', 'Event'])),
    Qualifier: z.optional(z.string()),
    ClientContext: z.optional(z.string()),
    LogType: z.optional(z.enum(['None', 'Tail'])),
    RoutingKey: z.optional(z.string()),
  },
  publishedCodes: [
    'FailedOperation.FunctionStatusError',
    'InvalidParameterValue.Param',
    'ResourceNotFound.Function',
  ],
  assumedCodes: ['ResourceNotFound.Namespace', 'ResourceNotFound.Qualifier'],
  async handle({ InvocationType, Qualifier = latestVersion, ClientContext, LogType }, fn, services) {
    const kind = InvocationType === 'Event' ? 'asynchronous' : 'synchronous';
    const version = resolve(fn, Qualifier, services.fraction());
    if (version === undefined) return refuse('ResourceNotFound.Qualifier', Qualifier);
    if (version.life.status !== 'Active') {
      return refuseBusy(services, fn, version, 'FailedOperation.FunctionStatusError');
    }
    const event = readEvent(ClientContext, kind);
    if (!event.ok) return event;
    if (kind === 'synchronous') {
      return resultOf(await services.runner.run(fn, version, event.value, kind), LogType === 'Tail');
    }
    const requestId = services.newId();
    // No caller gets the answer; a failure is in the log.
    void services.asynchronous.deliver(
      { fn, qualifier: Qualifier, requestId },
      event.value,
      fn.retry.RetryNum,
    );
    return acceptedOf(requestId);
  },
});

function readEvent(text: string | undefined, kind: InvocationKind): Found<unknown> {
  const event = text === undefined || text === '' ? '{}' : text;
  if (Buffer.byteLength(event) > eventLimitBytes[kind]) {
    return refuse('InvalidParameterValue.Param', `> ${eventLimitBytes[kind]} bytes`);
  }
  try {
    return found(JSON.parse(event));
  } catch {
    return refuse('InvalidParameterValue.Param', { zh: '不是 JSON', en: 'it is no JSON' });
  }
}

/** How much of the log a caller gets to see. Bytes. */
const tailBytes = 4096;

/**
 * What the caller gets. That a failed function is reported in `RetMsg`, `ErrMsg` and `InvokeResult` alike is an
 * assumption: whichever of them a client looks at, it notices.
 */
function resultOf({ invocation, log }: Run, withLog: boolean): Outcome {
  const { error, requestId, durationMs, memoryMb } = invocation;
  return {
    ok: true,
    response: {
      Result: {
        FunctionRequestId: requestId,
        RetMsg: JSON.stringify(error ?? invocation.result),
        ErrMsg: error?.errorMessage ?? '',
        InvokeResult: error?.errorCode ?? 0,
        Duration: durationMs,
        BillDuration: Math.ceil(durationMs),
        MemUsage: Math.round(memoryMb * 2 ** 20),
        Log: withLog ? tailOf(log) : '',
      },
    },
  };
}

function tailOf(lines: readonly string[]): string {
  const bytes = Buffer.from(lines.join('\n'));
  return bytes.subarray(Math.max(0, bytes.length - tailBytes)).toString('utf8');
}

/** The answer to an asynchronous event: its id is all that is known. */
function acceptedOf(requestId: string): Outcome {
  const nothing = { RetMsg: '', ErrMsg: '', Log: '', Duration: 0, BillDuration: 0, MemUsage: 0 };
  return { ok: true, response: { Result: { FunctionRequestId: requestId, InvokeResult: 0, ...nothing } } };
}

export const getFunctionEventInvokeConfig = manageFunction({
  name: 'GetFunctionEventInvokeConfig',
  members: { Qualifier: z.optional(z.string()) },
  publishedCodes: ['ResourceNotFound.Function', 'ResourceNotFound.Namespace'],
  handle(_asked, { retry: { RetryNum, MsgTTL } }) {
    return { ok: true, response: { AsyncTriggerConfig: { RetryConfig: [{ RetryNum }], MsgTTL } } };
  },
});

export const updateFunctionEventInvokeConfig = manageFunction({
  name: 'UpdateFunctionEventInvokeConfig',
  members: { AsyncTriggerConfig },
  publishedCodes: [
    'FailedOperation.FunctionVersionStatusNotActive',
    'InvalidParameterValue.AsyncTriggerConfig',
    'LimitExceeded.MsgTTL',
    'LimitExceeded.RetryNum',
    'ResourceNotFound.Function',
    'ResourceNotFound.Namespace',
  ],
  valueCodes: { AsyncTriggerConfig: 'InvalidParameterValue.AsyncTriggerConfig' },
  busyCode: 'FailedOperation.FunctionVersionStatusNotActive',
  handle({ AsyncTriggerConfig: { RetryConfig, MsgTTL } }, fn) {
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
    fn.retry = { RetryNum, MsgTTL };
    return done;
  },
});
