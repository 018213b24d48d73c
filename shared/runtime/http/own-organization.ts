import { Failure } from '../../errors.ts';
import type { Text } from '../../text.ts';
import { type Principal, requireOrganization } from './api-keys.ts';

/**
 * The organisation that a request is about: the one that it names, or the key's own.
 *
 * @param whose says what to do where neither is known
 * @throws Failure `InvalidRequest` there, `Forbidden` for an organisation that the key is not made for
 */
export function ownOrganization(principal: Principal, named: string | undefined, whose: Text): string {
  const { agent, organizations } = principal;
  const only = organizations?.length === 1 ? organizations[0] : undefined;
  const organization = named ?? agent?.ProxyOrganizationOpenId ?? only;
  if (organization === undefined) {
    throw new Failure('InvalidRequest', { problems: [{ path: 'ProxyOrganizationOpenId', message: whose }] });
  }
  requireOrganization(principal, organization);
  return organization;
}
