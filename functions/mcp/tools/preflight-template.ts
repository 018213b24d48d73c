import * as z from 'zod/mini';
import { requireFitTemplate, type SignCodeAnswer } from '../../../shared/codes/reading/describe-templates.ts';
import { Failure } from '../../../shared/errors.ts';
import { shownText } from '../../../shared/text.ts';
import { speaking } from '../../open-upstream.ts';
import { acting, actingTexts } from '../acting.ts';
import { agentOf } from '../call.ts';
import { tool } from '../tool.ts';

/** Asks upstream for one template, and judges it. */
export const preflightTemplate = tool({
  name: 'preflight_template',
  role: 'viewer',
  title: { zh: '检查模板', en: 'Check a template' },
  text: {
    zh: '检查一个模板能否生成多人扫码签署的签署码；不能时给出每一条原因。创建签署码之前先调用。不改变任何数据。',
    en: 'Says whether a template can carry a sign code that many people scan, and every reason why not. Call it before create_code. Changes nothing.',
  },
  request: z.strictObject({ TemplateId: z.string().check(z.minLength(1), z.maxLength(64)), ...acting }),
  members: { TemplateId: { zh: '模板编号', en: 'The id of the template' }, ...actingTexts },
  async run({ TemplateId, ...named }, call) {
    const { resources, event } = call;
    const upstream = speaking(resources.upstream, event);
    const fitness = await requireFitTemplate(
      upstream,
      { Agent: agentOf(call, named), TemplateId },
      event,
    ).catch(asAnswer);
    const { Fitness, Reasons } = fitness;
    return { TemplateId, Fitness, Reasons: Reasons.map(({ Message }) => shownText(Message)) };
  },
});

/** That a template is unfit is what was asked. */
function asAnswer(error: unknown): { Fitness: SignCodeAnswer['Fitness']; Reasons: Reason[] } {
  if (!(error instanceof Failure) || error.code !== 'TemplateUnfit') throw error;
  return { Fitness: 'Unfit', Reasons: error.problems.map(({ message }) => ({ Message: message })) };
}

type Reason = Pick<SignCodeAnswer['Reasons'][number], 'Message'>;
