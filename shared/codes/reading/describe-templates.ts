import { Failure, TransportError } from '../../errors.ts';
import {
  DescribeTemplates,
  type DescribeTemplatesRequest,
  type DescribeTemplatesResponse,
} from '../../essbasic/DescribeTemplates.ts';
import { signCodeFitness } from '../../essbasic/sign-code-fitness.ts';
import type { ActingAgent } from '../../essbasic/structs/Agent.ts';
import type { TemplateInfo } from '../../essbasic/structs/TemplateInfo.ts';
import type { Text } from '../../text.ts';
import type { Upstream } from '../ports.ts';

export interface TemplateCall {
  /** Epoch milliseconds. */
  deadlineMs: number;
  /** Take the id of upstream's answer. */
  facts: { upstreamRequestId?: string };
}

/** Whether a template can carry a sign code, and every reason why not, in the vocabulary of the API. */
export interface SignCodeAnswer {
  Fitness: 'Fit' | 'Unfit' | 'Uncertain';
  Reasons: { Rule: string; Code: string; Certain: boolean; Message: Text }[];
}

/** `ContentType` 1 leaves out what a judgement would rest on. */
const listOnly = 1;

/** Upstream's templates, each with its {@link SignCodeAnswer} where the details were asked for. */
export async function describeTemplates(
  upstream: Upstream,
  request: DescribeTemplatesRequest,
  { deadlineMs, facts }: TemplateCall,
): Promise<DescribeTemplatesResponse> {
  const { response, requestId, unread } = await upstream.call(DescribeTemplates, request, { deadlineMs });
  facts.upstreamRequestId = requestId;
  const isWhole = !unread?.some(isJudgedBy);
  const Templates = (response.Templates ?? []).map((template) =>
    request.ContentType === listOnly ? template : { ...template, SignCode: judge(template, isWhole) },
  );
  return { ...response, Templates };
}

/**
 * The judgement on one template, asked from upstream in the way that shows the initiator's own components.
 *
 * @throws Failure `NotFound`, `TemplateUnfit` with every certain reason; what the call throws
 */
export async function requireFitTemplate(
  upstream: Upstream,
  { Agent, TemplateId }: { Agent: ActingAgent; TemplateId: string },
  { deadlineMs, facts }: TemplateCall,
): Promise<SignCodeAnswer> {
  const request = { Agent, TemplateId };
  const { response, requestId, unread } = await upstream.call(DescribeTemplates, request, { deadlineMs });
  facts.upstreamRequestId = requestId;
  const isWhole = !unread?.some(isJudgedBy);
  const template = response.Templates?.find((one) => one.TemplateId === TemplateId);
  if (template === undefined && !isWhole) {
    throw new TransportError('UpstreamMalformedAnswer', 'after-send', { upstreamRequestId: requestId });
  }
  if (template === undefined)
    throw new Failure('NotFound', {
      detail: { zh: '模板不存在', en: 'There is no such template' },
      upstreamRequestId: requestId,
    });
  const signCode = judge(template, isWhole);
  if (signCode.Fitness !== 'Unfit') return signCode;
  throw new Failure('TemplateUnfit', {
    problems: signCode.Reasons.map(({ Message }) => ({ path: 'TemplateId', message: Message })),
    upstreamRequestId: requestId,
  });
}

const names = { fit: 'Fit', unfit: 'Unfit', uncertain: 'Uncertain' } as const;

/** Does a judgement rest on a member of the answer? */
function isJudgedBy(path: string): boolean {
  return /^Templates(\.\d+)?($|\.(Available|TemplateType|Recipients|Components|SignComponents))/.test(path);
}

/** @param isWhole could everything be read on which a judgement rests? */
function judge(template: TemplateInfo, isWhole: boolean): SignCodeAnswer {
  const { fitness, reasons } = signCodeFitness(template, isWhole);
  return {
    Fitness: names[fitness],
    Reasons: reasons.map(({ zh, en, ...reason }) => ({
      Rule: reason.rule,
      Code: reason.code,
      Certain: reason.certain,
      Message: { zh, en },
    })),
  };
}
