import { Failure } from '../../errors.ts';
import { effectiveLimits } from '../../essbasic/ChannelCreateMultiFlowSignQRCode.ts';
import type { Upstream } from '../ports.ts';
import { requireFitTemplate, type TemplateCall } from '../reading/describe-templates.ts';
import { applyPolicy } from '../renewal/renewal-policy.ts';
import type { CreateCommand } from './create-code.ts';
import { validateCreate } from './validate-create.ts';

/**
 * A create as far as it goes without creating: every check of ours, and the template as upstream describes it.
 * Quota and permission are found out by a real create alone.
 *
 * @throws Failure `InvalidRequest`, `TemplateUnfit`, `NotFound`; what the call of upstream throws
 */
export async function dryRun(upstream: Upstream, command: CreateCommand, nowS: number, call: TemplateCall) {
  const problems = validateCreate(command, nowS);
  if (problems.length > 0) throw new Failure('InvalidRequest', { problems });
  const template = await requireFitTemplate(upstream, command.request, call);
  const limits = effectiveLimits(command.request, nowS);
  return {
    DryRun: true,
    Template: template,
    MaxFlowNum: limits.maxFlowNum,
    FlowEffectiveDay: limits.flowEffectiveDays,
    /** Unix seconds, if it were created now. */
    ExpiredTime: limits.expiresAtS,
    RenewalPolicy: applyPolicy(command.policy ?? {}),
  };
}
