import * as z from 'zod/mini';
import type { Refusal } from '../../../essbasic/gateway/outcome.ts';
import { type Violation, violationsOf } from '../../../essbasic/gateway/violation.ts';
import type { ScfErrorCode } from '../error-codes.ts';
import type { ManagedAction } from './managed-action.ts';
import { type Found, found, refuse } from './refuse.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The body as JSON. The answer to a body that is none is not documented. */
export function parseBody(body: Uint8Array): Found<unknown> {
  try {
    return found(JSON.parse(utf8.decode(body)));
  } catch {
    // Neither the text nor the parser's message about it, which quotes the text, may reach a log.
    return refuse('InvalidParameter', {
      zh: '请求体不是 UTF-8 编码的 JSON',
      en: 'the body is not JSON in UTF-8',
    });
  }
}

/** The body as a request of the action, or the refusal of it. */
export function parseRequest(action: ManagedAction, value: unknown): Found<unknown> {
  const parsed = z.safeParse(action.request, value);
  if (parsed.success) return found(parsed.data);
  return refusalOfViolations(action, violationsOf(parsed.error.issues, value));
}

const precedence: readonly Violation['kind'][] = ['missing', 'unknown', 'type', 'value'];

/** Upstream names one thing that is wrong; so does this, and leaves the rest to the reason in the journal. */
function refusalOfViolations(action: ManagedAction, violations: readonly Violation[]): Refusal {
  const [first] = precedence.flatMap((kind) => violations.filter((violation) => violation.kind === kind));
  if (first === undefined) throw new TypeError('A schema refused a request without saying why');
  const { path, text } = first;
  const detail = { zh: `${path || '请求体'} ${text.zh}`, en: `${path || 'the body'} ${text.en}` };
  const reason = violations.map((one) => `${one.path || 'the body'} ${one.text.en}`).join('; ');
  return refuse(codeOf(action, first), detail, { reason });
}

function codeOf(action: ManagedAction, { kind, path }: Violation): ScfErrorCode {
  if (kind === 'missing') return path === 'Code' ? 'MissingParameter.Code' : 'MissingParameter';
  if (kind === 'unknown') return 'UnknownParameter';
  if (kind === 'type') return 'InvalidParameter';
  const member = path.split('.')[0] ?? '';
  return action.valueCodes?.[member] ?? 'InvalidParameterValue';
}
