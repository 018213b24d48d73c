import * as z from 'zod/mini';
import type { Action } from '../../../shared/contract/action.ts';
import type { ErrorCodeName } from '../../../shared/contract/error-codes.ts';
import { type Refusal, refusal } from './outcome.ts';
import { type Violation, violationsOf } from './violation.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

export type Parsed = { ok: true; value: unknown } | Refusal;

/** The body as JSON. Upstream's answer to a body that is none is not documented. */
export function parseBody(body: Uint8Array): Parsed {
  try {
    return { ok: true, value: JSON.parse(utf8.decode(body)) };
  } catch {
    // Neither the text nor the parser's message about it, which quotes the text, may reach a log.
    return refusal('InvalidParameter', {
      zh: '请求体不是 UTF-8 编码的 JSON',
      en: 'the body is not JSON in UTF-8',
    });
  }
}

/** The body as a request of the action, or upstream's refusal of it. */
export function parseRequest(contract: Action, value: unknown): Parsed {
  const parsed = z.safeParse(contract.request, value);
  if (parsed.success) return { ok: true, value: parsed.data };
  return refusalOfViolations(contract, violationsOf(parsed.error.issues, value));
}

const precedence: readonly Violation['kind'][] = ['missing', 'unknown', 'type', 'value'];

/** Upstream names one thing that is wrong; so does this, and leaves the rest to the reason in the journal. */
function refusalOfViolations(contract: Action, violations: readonly Violation[]): Refusal {
  const [first] = precedence.flatMap((kind) => violations.filter((violation) => violation.kind === kind));
  if (first === undefined) throw new TypeError('A schema refused a request without saying why');
  const { path, text } = first;
  const detail = { zh: `${path || '请求体'} ${text.zh}`, en: `${path || 'the body'} ${text.en}` };
  const reason = violations.map((one) => `${one.path || 'the body'} ${one.text.en}`).join('; ');
  return refusal(codeOf(contract, first), detail, { reason });
}

function codeOf(contract: Action, { kind, path }: Violation): ErrorCodeName {
  if (kind === 'missing') return 'MissingParameter';
  if (kind === 'unknown') return 'UnknownParameter';
  if (kind === 'type') return 'InvalidParameter';
  return valueCodes[`${contract.name}.${path}`] ?? 'InvalidParameter.ParamError';
}

/**
 * Codes for a wrong value that are finer than `InvalidParameter.ParamError`. Those of `DescribeTemplates` are published;
 * those of the create only by the sibling product `ess`, for the same fields.
 */
const valueCodes: Readonly<Record<string, ErrorCodeName>> = {
  'DescribeTemplates.ContentType': 'InvalidParameter.ContentType',
  'DescribeTemplates.Limit': 'InvalidParameterValue',
  'DescribeTemplates.Offset': 'InvalidParameterValue',
  'ChannelCreateMultiFlowSignQRCode.QrEffectiveDay': 'InvalidParameter.QrEffectDay',
  'ChannelCreateMultiFlowSignQRCode.QrCodeExpiredOn': 'InvalidParameter.QrEffectDay',
  'ChannelCreateMultiFlowSignQRCode.FlowEffectiveDay': 'InvalidParameter.QrFlowEffectDay',
};
