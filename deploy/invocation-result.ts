import * as z from 'zod/mini';
import { Failure } from '../shared/errors.ts';

const text = z.catch(z.string(), '');
const Answer = z.object({
  Result: z.object({ RetMsg: text, ErrMsg: text, InvokeResult: z.catch(z.number(), 0) }),
});
const Thrown = z.object({ errorMessage: z.string() });

/** Throws `StateConflict` with the function's own words where an invocation ended in an error. Returns its result. */
export function checkInvocation(answer: unknown): string {
  const { RetMsg, ErrMsg, InvokeResult } = Answer.parse(answer).Result;
  if (InvokeResult === 0 && ErrMsg === '') return RetMsg;
  throw new Failure('StateConflict', {
    detail: `the function failed: ${messageOf(ErrMsg) ?? messageOf(RetMsg) ?? 'no message'}`,
  });
}

/** Functions throw with a JSON text in the place of the message, or plainly. */
function messageOf(text: string): string | undefined {
  if (text === '') return undefined;
  try {
    const thrown = Thrown.safeParse(JSON.parse(text));
    return thrown.success ? thrown.data.errorMessage : text;
  } catch {
    return text;
  }
}
