import type { Member } from './rule.ts';

const plain: Member = { kind: 'text', source: 'page' };

/** UserInfo: everything optional; 最大64位字符串 of `OpenId`. */
const userInfo = {
  OpenId: { kind: 'text', most: 64, source: 'page' },
  Channel: plain,
  CustomUserId: plain,
  ClientIp: plain,
  ProxyIp: plain,
} as const satisfies Record<string, Member>;

/**
 * No action publishes what it answers to an organisation or operator that it does not know; these are the codes that one
 * of them, or the sibling product, publishes for something like it.
 */
const strangers = [
  'ResourceNotFound',
  'ResourceNotFound.Organization',
  'ResourceNotFound.AuthActiveOrganization',
  'ResourceNotFound.User',
  'OperationDenied',
  'OperationDenied.UserNotInOrganization',
  'OperationDenied.NoVerify',
  'OperationDenied.NoIdentityVerify',
  'OperationDenied.Forbid',
  'UnauthorizedOperation',
  'InvalidParameter.DataNotFound',
  'InvalidParameter.ParamError',
] as const;

/** Of an application the create and the list of templates publish a code; the cancel does not. */
const noApplication = [
  'ResourceNotFound.Application',
  'InvalidParameter.Application',
  'InvalidParameter.DataNotFound',
] as const;

/** 此接口下面信息必填: Agent.AppId, Agent.ProxyOrganizationOpenId, Agent.ProxyOperator.OpenId. */
export const agent: Member = {
  kind: 'struct',
  isNeeded: true,
  source: 'page',
  members: {
    AppId: {
      kind: 'text',
      isNeeded: true,
      known: { as: 'AppId', codes: noApplication, source: 'page' },
      source: 'page',
    },
    ProxyOrganizationOpenId: {
      kind: 'text',
      isNeeded: true,
      most: 64,
      known: { as: 'ProxyOrganizationOpenId', codes: strangers, source: 'assumed' },
      source: 'page',
    },
    ProxyOperator: {
      kind: 'struct',
      isNeeded: true,
      source: 'page',
      members: {
        ...userInfo,
        OpenId: {
          kind: 'text',
          isNeeded: true,
          most: 64,
          known: { as: 'OpenId', codes: strangers, source: 'assumed' },
          source: 'page',
        },
      },
    },
    // 不用填写: the published examples send it as the empty string, and the older ones as any text.
    ProxyAppId: { kind: 'text', source: 'example' },
    ProxyOrganizationId: plain,
  },
};

/** 暂未开放: accepted, and nothing follows. */
export const operator: Member = { kind: 'struct', members: userInfo, source: 'page' };
