import type { Action } from '../../../shared/essbasic/action.ts';
import type { ErrorCodeName } from '../../../shared/essbasic/error-codes.ts';
import { publishedCodesOf } from '../../../shared/essbasic/published-codes.ts';
import type { ActingAgent } from '../../../shared/essbasic/structs/Agent.ts';
import type { Refusal } from '../../cloud-api/outcome.ts';
import type { Organisation } from '../state/entities.ts';
import { type Owner, organisationKey, type World } from '../state/world.ts';
import { refusal } from './refusal.ts';

export function ownerOf({ AppId, ProxyOrganizationOpenId }: ActingAgent): Owner {
  return { AppId, ProxyOrganizationOpenId };
}

/**
 * The action's lists of codes differ. Of the codes that fit a cause, the first that the action publishes is used,
 * and where it publishes none, the last.
 */
function codeFor(contract: Action, ...fitting: [ErrorCodeName, ...ErrorCodeName[]]): ErrorCodeName {
  const published = publishedCodesOf(contract.name);
  return fitting.find((code) => published.includes(code)) ?? fitting.at(-1) ?? fitting[0];
}

/** May this agent use the action at all? The order of the checks is not documented: from the outside inwards. */
export function refusalOfAgent(agent: ActingAgent, contract: Action, world: World): Refusal | undefined {
  return refusalOfApplication(agent, contract, world) ?? refusalOfOrganisation(agent, contract, world);
}

function refusalOfApplication({ AppId }: ActingAgent, contract: Action, world: World): Refusal | undefined {
  const application = world.applications.get(AppId);
  if (application === undefined) {
    const code = codeFor(contract, 'ResourceNotFound.Application', 'InvalidParameter.DataNotFound');
    return refusal(code, { zh: 'Agent.AppId 对应的应用不存在', en: 'no application has this Agent.AppId' });
  }
  if (application.kind !== 'third-party') {
    const code = codeFor(contract, 'InvalidParameter.Application', 'InvalidParameter.ParamError');
    const detail = {
      zh: 'Agent.AppId 属于自建应用，不能调用 essbasic',
      en: 'Agent.AppId is of a self-built application, which may not call essbasic',
    };
    return refusal(code, detail);
  }
  return undefined;
}

function refusalOfOrganisation(agent: ActingAgent, contract: Action, world: World): Refusal | undefined {
  const organisation = world.organisations.get(organisationKey(ownerOf(agent)));
  if (organisation === undefined) {
    return refusal(codeFor(contract, 'ResourceNotFound', 'InvalidParameter.DataNotFound'), {
      zh: '该应用下没有 Agent.ProxyOrganizationOpenId 所指企业',
      en: 'the application has no organisation with this Agent.ProxyOrganizationOpenId',
    });
  }
  if (organisation.closing) {
    const code = codeFor(contract, 'OperationDenied.OrganizationClosing', 'OperationDenied.Forbid');
    return refusal(code, { zh: '企业正在注销', en: 'the organisation is being closed' });
  }
  if (!organisation.authorised) {
    const code = codeFor(contract, 'UnauthorizedOperation', 'UnauthorizedOperation.NoPermissionFeature');
    return refusal(code, {
      zh: '企业未授权平台代为操作',
      en: 'the organisation has not authorised the platform',
    });
  }
  if (!organisation.licensed) {
    return refusal('UnauthorizedOperation.NoPermissionFeature', {
      zh: '企业当前版本不含此功能',
      en: 'the plan of the organisation lacks this feature',
    });
  }
  const unverified = [
    'OperationDenied.NoIdentityVerify',
    'OperationDenied.Forbid',
    'OperationDenied.NoVerify',
  ] as const;
  if (!organisation.verified) {
    return refusal(codeFor(contract, ...unverified), {
      zh: '企业未完成实名认证',
      en: 'the organisation is not verified',
    });
  }
  return refusalOfOperator(agent, organisation, contract, world, unverified);
}

function refusalOfOperator(
  agent: ActingAgent,
  organisation: Organisation,
  contract: Action,
  world: World,
  unverified: readonly [ErrorCodeName, ...ErrorCodeName[]],
): Refusal | undefined {
  const { OpenId } = agent.ProxyOperator;
  const operator = organisation.operators.find((one) => one.OpenId === OpenId);
  if (operator?.verified === false) {
    return refusal(codeFor(contract, ...unverified), {
      zh: 'Agent.ProxyOperator.OpenId 所指员工未完成实名认证',
      en: 'the operator of Agent.ProxyOperator.OpenId is not verified',
    });
  }
  if (operator !== undefined) return undefined;

  const elsewhere = [...world.organisations.values()].some(
    (other) => other.AppId === agent.AppId && other.operators.some((one) => one.OpenId === OpenId),
  );
  return elsewhere
    ? refusal(
        codeFor(
          contract,
          'OperationDenied.UserNotInOrganization',
          'OperationDenied.Forbid',
          'OperationDenied.UserNotInOrganization',
        ),
        {
          zh: 'Agent.ProxyOperator.OpenId 所指员工属于其他企业',
          en: 'the operator of Agent.ProxyOperator.OpenId belongs to another organisation',
        },
      )
    : refusal(
        codeFor(
          contract,
          'ResourceNotFound.User',
          'OperationDenied.Forbid',
          'OperationDenied.UserNotInOrganization',
        ),
        {
          zh: '没有 Agent.ProxyOperator.OpenId 所指员工',
          en: 'no operator has this Agent.ProxyOperator.OpenId',
        },
      );
}
