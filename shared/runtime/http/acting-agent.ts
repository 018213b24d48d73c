import { Failure } from '../../errors.ts';
import type { Text } from '../../text.ts';
import { type DefaultAgent, type Principal, requireOrganization } from './api-keys.ts';

type Members = Readonly<Record<string, unknown>>;

/**
 * A request with its `Agent` made whole: `AppId` from the configuration, organisation and operator from the key.
 * The operator is only filled in for the key's own organisation: another one does not know it. What was sent stays
 * as it is, and what is no object is left to the validation.
 */
export function completeAgent(request: Members, appId: string, filler: DefaultAgent | null): Members {
  const { Agent: given = {} } = request;
  if (!isObject(given)) return request;
  const { ProxyOrganizationOpenId = filler?.ProxyOrganizationOpenId, ProxyOperator = {} } = given;
  const operator =
    filler !== null && ProxyOrganizationOpenId === filler.ProxyOrganizationOpenId && isObject(ProxyOperator)
      ? { OpenId: filler.ProxyOperatorOpenId, ...ProxyOperator }
      : given['ProxyOperator'];
  const Agent = {
    AppId: appId,
    ...given,
    ...(ProxyOrganizationOpenId === undefined ? {} : { ProxyOrganizationOpenId }),
    ...(operator === undefined ? {} : { ProxyOperator: operator }),
  };
  return { ...request, Agent };
}

const otherWays: Text = {
  zh: '此 API 密钥限定企业，Agent 中不能填写其他应用的 AppId，也不能填写 ProxyAppId、ProxyOrganizationId',
  en: 'The API key is made for certain organisations: its Agent may not name the AppId of another application, nor a ProxyAppId or ProxyOrganizationId',
};

/**
 * Refuses an `Agent` that the key may not act for. Organisations are the platform's names inside one application,
 * so a key that is made for some of them is made for the configured application; and the two members that name an
 * organisation in another way, which upstream wants left out, must not lead past the check. (Which of them would
 * win upstream is not documented.)
 *
 * @throws Failure `Forbidden`
 */
export function requireActing(principal: Principal, agent: unknown, appId: string): void {
  const { AppId, ProxyOrganizationOpenId, ProxyAppId, ProxyOrganizationId } = isObject(agent) ? agent : {};
  requireOrganization(
    principal,
    typeof ProxyOrganizationOpenId === 'string' ? ProxyOrganizationOpenId : undefined,
  );
  if (principal.organizations === null) return;
  // The published examples send ProxyAppId as the empty string.
  if (AppId === appId && !ProxyAppId && !ProxyOrganizationId) return;
  throw new Failure('Forbidden', { detail: otherWays });
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
