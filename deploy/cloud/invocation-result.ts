import * as z from 'zod/mini';
import { Failure } from '../../shared/errors.ts';

const text = z.catch(z.string(), '');
const Answer = z.object({
  Result: z.object({ RetMsg: text, ErrMsg: text, InvokeResult: z.catch(z.number(), 0) }),
});
const Thrown = z.object({ errorMessage: z.string(), stackTrace: text });

/** Throws `StateConflict` with the function's own words where an invocation ended in an error. Returns its result. */
export function checkInvocation(answer: unknown): string {
  const { RetMsg, ErrMsg, InvokeResult } = Answer.parse(answer).Result;
  if (InvokeResult === 0 && ErrMsg === '') return RetMsg;
  const why = messageOf(ErrMsg) ?? messageOf(RetMsg) ?? `InvokeResult ${InvokeResult}`;
  throw new Failure('StateConflict', {
    detail: { zh: `函数失败：${why}`, en: `the function failed: ${why}` },
  });
}

/** The platform wraps what a function throws; what it threw is the first line of the stack. */
function messageOf(text: string): string | undefined {
  if (text === '') return undefined;
  try {
    const thrown = Thrown.safeParse(JSON.parse(text));
    if (!thrown.success) return text;
    const { errorMessage, stackTrace } = thrown.data;
    return [errorMessage, stackTrace.split('\n')[0] ?? ''].filter((part) => part !== '').join(': ');
  } catch {
    return text;
  }
}
