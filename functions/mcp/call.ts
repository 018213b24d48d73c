import { Failure, type Problem } from '../../shared/errors.ts';
import { ActingAgent } from '../../shared/essbasic/structs/Agent.ts';
import { completeAgent, requireActing } from '../../shared/runtime/http/acting-agent.ts';
import type { Principal } from '../../shared/runtime/http/api-keys.ts';
import type { Caller } from '../../shared/runtime/http/http-action.ts';
import type { HttpEvent } from '../../shared/runtime/http/http-handler.ts';
import { validate } from '../../shared/runtime/json/validate.ts';
import type { Scope } from '../../shared/world.ts';
import type { Resources } from './resources.ts';

/** A tool at work: who calls it, by which event, and with what. */
export interface Call {
  readonly event: Pick<
    HttpEvent<never, unknown>,
    'beginWork' | 'deadlineMs' | 'facts' | 'language' | 'limits' | 'log' | 'now' | 'requestId'
  >;
  readonly principal: Principal;
  readonly caller: Caller;
  readonly appId: string;
  readonly resources: Resources;
}

/** Who acts, as the arguments of a tool name them. */
export interface Named {
  ProxyOrganizationOpenId?: string | undefined;
  ProxyOperatorOpenId?: string | undefined;
}

const missing: Problem['message'] = {
  zh: '应填写：此密钥没有默认企业与经办人',
  en: 'must be given: the key has no organisation and operator of its own',
};

/**
 * Who acts upstream: those who are named, and what is not named as the key has it.
 *
 * @throws Failure `InvalidRequest` where neither says it, `Forbidden` for an organisation that the key is not made for
 */
export function agentOf(
  { principal, appId }: Call,
  { ProxyOrganizationOpenId, ProxyOperatorOpenId }: Named,
): ActingAgent {
  const named = {
    ...(ProxyOrganizationOpenId !== undefined && { ProxyOrganizationOpenId }),
    ...(ProxyOperatorOpenId !== undefined && { ProxyOperator: { OpenId: ProxyOperatorOpenId } }),
  };
  const { Agent } = completeAgent({ Agent: named }, appId, principal.agent);
  const problems = lacking(Agent).map((path) => ({ path, message: missing }));
  if (problems.length > 0) throw new Failure('InvalidRequest', { problems });
  requireActing(principal, Agent, appId);
  return validate(ActingAgent, Agent);
}

function lacking(agent: unknown): string[] {
  const { ProxyOrganizationOpenId, ProxyOperator } = agent as Partial<ActingAgent>; // as completeAgent makes it
  return [
    ...(ProxyOrganizationOpenId === undefined ? ['ProxyOrganizationOpenId'] : []),
    ...(ProxyOperator?.OpenId === undefined ? ['ProxyOperatorOpenId'] : []),
  ];
}

/** What the caller may see of one organisation; of another than the key's: nothing. */
export function scopeOf({ caller: { scope }, appId }: Call, organization: string | undefined): Scope {
  if (organization === undefined) return scope;
  const isSeen = scope === null || scope.organizations.includes(organization);
  return { appId, organizations: isSeen ? [organization] : [] };
}
