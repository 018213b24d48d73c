import type { Outcome } from '../../../essbasic/gateway/outcome.ts';
import { eventLimitBytes } from '../../function-host.ts';
import type { Invocation } from '../../invocation.ts';
import { type Found, found, refuse } from '../gateway/refuse.ts';
import type { Services } from '../services.ts';
import { type FunctionNamed, findFunction, refuseBusy, resolve } from '../state/find.ts';
import type { FunctionRecord, Version } from '../state/function-record.ts';
import type { InvocationKind, Run } from './runner.ts';

/** Codes that both ways of invoking have in common. */
export const invocationCodes = [
  'FailedOperation.FunctionStatusError',
  'InvalidParameterValue.Param',
  'ResourceNotFound.Function',
] as const;
export const assumedInvocationCodes = ['ResourceNotFound.Namespace', 'ResourceNotFound.Qualifier'] as const;

export interface ToInvoke {
  fn: FunctionRecord;
  version: Version;
  event: unknown;
}

/**
 * Looks up what is to run and reads the event. That what is not `Active` is refused goes for updates too: an assumption
 * on the strict side. A Function URL and a timer go on with the old code meanwhile.
 */
export function toInvoke(
  services: Services,
  named: FunctionNamed,
  qualifier: string,
  eventText: string | undefined,
  kind: InvocationKind,
): Found<ToInvoke> {
  const fn = findFunction(services, named);
  if (!fn.ok) return fn;
  const version = resolve(fn.value, qualifier, services.fraction());
  if (version === undefined) return refuse('ResourceNotFound.Qualifier', qualifier);
  if (version.life.status !== 'Active') {
    return refuseBusy(services, fn.value, version, 'FailedOperation.FunctionStatusError');
  }
  const text = eventText === undefined || eventText === '' ? '{}' : eventText;
  if (Buffer.byteLength(text) > eventLimitBytes[kind]) {
    return refuse('InvalidParameterValue.Param', `> ${eventLimitBytes[kind]} bytes`);
  }
  try {
    return found({ fn: fn.value, version, event: JSON.parse(text) });
  } catch {
    return refuse('InvalidParameterValue.Param', { zh: '不是 JSON', en: 'it is no JSON' });
  }
}

/** How much of the log a caller gets to see. Bytes. */
const tailBytes = 4096;

/**
 * What the caller gets. That a failed function is told in `RetMsg`, `ErrMsg` and `InvokeResult` alike is an
 * assumption: whichever of them a client looks at, it notices.
 */
export function resultOf({ invocation, log }: Run, withLog: boolean): Outcome {
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

/** Of an event that nobody waits for, only the id is known. */
export function acceptedOf(requestId: Invocation['requestId']): Outcome {
  const nothing = { RetMsg: '', ErrMsg: '', Log: '', Duration: 0, BillDuration: 0, MemUsage: 0 };
  return { ok: true, response: { Result: { FunctionRequestId: requestId, InvokeResult: 0, ...nothing } } };
}
