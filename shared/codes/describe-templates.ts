import {
  DescribeTemplates,
  type DescribeTemplatesRequest,
  type DescribeTemplatesResponse,
} from '../contract/DescribeTemplates.ts';
import { signCodeFitness } from '../contract/sign-code-fitness.ts';
import type { ActingAgent } from '../contract/structs/Agent.ts';
import type { TemplateInfo } from '../contract/structs/TemplateInfo.ts';
import { Failure } from '../errors.ts';
import type { Upstream } from './ports.ts';

type Language = 'zh' | 'en';

export interface TemplateCall {
  /** Epoch milliseconds. */
  deadlineMs: number;
  /** Of the reasons. */
  language: Language;
  /** Is told the id of upstream's answer. */
  trace: { upstreamRequestId?: string };
}

/** Whether a template can carry a sign code, and every reason why not, in the vocabulary of the API. */
export interface SignCodeAnswer {
  Fitness: 'Fit' | 'Unfit' | 'Uncertain';
  Reasons: { Rule: string; Code: string; Certain: boolean; Message: string }[];
}

/** `ContentType` 1 leaves out what a judgement would rest on. */
const listOnly = 1;

/** Upstream's templates, each with its {@link SignCodeAnswer} where the details were asked for. */
export async function describeTemplates(
  upstream: Upstream,
  request: DescribeTemplatesRequest,
  { deadlineMs, language, trace }: TemplateCall,
): Promise<DescribeTemplatesResponse> {
  const { response, requestId } = await upstream.call(DescribeTemplates, request, { deadlineMs });
  trace.upstreamRequestId = requestId;
  const Templates = response.Templates.map((template) =>
    request.ContentType === listOnly ? template : { ...template, SignCode: judge(template, language) },
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
  { deadlineMs, language, trace }: TemplateCall,
): Promise<SignCodeAnswer> {
  const { response, requestId } = await upstream.call(
    DescribeTemplates,
    { Agent, TemplateId },
    { deadlineMs },
  );
  trace.upstreamRequestId = requestId;
  const template = response.Templates.find((one) => one.TemplateId === TemplateId);
  if (template === undefined)
    throw new Failure('NotFound', { detail: 'There is no such template.', upstreamRequestId: requestId });
  const signCode = judge(template, language);
  if (signCode.Fitness !== 'Unfit') return signCode;
  throw new Failure('TemplateUnfit', {
    problems: signCode.Reasons.map(({ Message }) => ({ path: 'TemplateId', message: Message })),
    upstreamRequestId: requestId,
  });
}

const names = { fit: 'Fit', unfit: 'Unfit', uncertain: 'Uncertain' } as const;

function judge(template: TemplateInfo, language: Language): SignCodeAnswer {
  const { fitness, reasons } = signCodeFitness(template);
  return {
    Fitness: names[fitness],
    Reasons: reasons.map((reason) => ({
      Rule: reason.rule,
      Code: reason.code,
      Certain: reason.certain,
      Message: reason[language],
    })),
  };
}
