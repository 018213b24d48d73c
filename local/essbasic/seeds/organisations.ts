import type { Application, Organisation } from '../state/entities.ts';

/** What the published example of a create calls itself. */
export const exampleAgent = {
  AppId: 'yDRscUUgyg1zr7wnUyJ8QMwwnHc4OOcQ',
  ProxyOrganizationOpenId: 'proxy-org-openid',
  ProxyOperator: { OpenId: 'proxy-operator-openid' },
} as const;

/** What the older published example calls everything. */
export const testAgent = {
  AppId: 'test',
  ProxyOrganizationOpenId: 'test',
  ProxyOperator: { OpenId: 'test' },
} as const;

export const selfBuiltAppId = 'yDselfbuilt000000000000000000000';

export const applications: readonly Application[] = [
  { AppId: exampleAgent.AppId, kind: 'third-party' },
  { AppId: testAgent.AppId, kind: 'third-party' },
  { AppId: selfBuiltAppId, kind: 'self-built' },
];

export const unverifiedOperator = 'operator-not-verified';

function healthy(ProxyOrganizationOpenId: string, operator: string): Organisation {
  return {
    AppId: exampleAgent.AppId,
    ProxyOrganizationOpenId,
    operators: [{ OpenId: operator, verified: true }],
    verified: true,
    closing: false,
    authorised: true,
    licensed: true,
    quota: 100_000,
  };
}

const { ProxyOrganizationOpenId, ProxyOperator } = exampleAgent;
const example = healthy(ProxyOrganizationOpenId, ProxyOperator.OpenId);

/**
 * The organisations of both examples, and one for each thing that can be wrong with an organisation. The latter have
 * the operator of the example too, so that a request needs no other change.
 */
export const organisations: readonly Organisation[] = [
  { ...example, operators: [...example.operators, { OpenId: unverifiedOperator, verified: false }] },
  { ...healthy(testAgent.ProxyOrganizationOpenId, testAgent.ProxyOperator.OpenId), AppId: testAgent.AppId },
  { ...healthy('org-no-quota', ProxyOperator.OpenId), quota: 0 },
  { ...healthy('org-no-permission', ProxyOperator.OpenId), licensed: false },
  { ...healthy('org-not-authorised', ProxyOperator.OpenId), authorised: false },
  { ...healthy('org-not-verified', ProxyOperator.OpenId), verified: false },
  { ...healthy('org-closing', ProxyOperator.OpenId), closing: true },
  healthy('org-elsewhere', 'operator-elsewhere'),
];
