import { describe, expect, it } from 'vitest';
import { completeAgent, requireActing } from './acting-agent.ts';
import type { Principal } from './api-keys.ts';

const filler = { ProxyOrganizationOpenId: 'org-a', ProxyOperatorOpenId: 'op-a' };
const own = { AppId: 'app', ProxyOrganizationOpenId: 'org-a', ProxyOperator: { OpenId: 'op-a' } };

describe('a request without a whole Agent', () => {
  it.each([
    ['none', {}, own],
    ['an empty one', { Agent: {} }, own],
    ['the application', { Agent: { AppId: 'other' } }, { ...own, AppId: 'other' }],
    ['the own organisation', { Agent: { ProxyOrganizationOpenId: 'org-a' } }, own],
    [
      'another operator',
      { Agent: { ProxyOperator: { OpenId: 'op-b' } } },
      { ...own, ProxyOperator: { OpenId: 'op-b' } },
    ],
    [
      'an operator without an id',
      { Agent: { ProxyOperator: { Channel: 'x' } } },
      { ...own, ProxyOperator: { OpenId: 'op-a', Channel: 'x' } },
    ],
    [
      'another organisation, where the operator is nobody',
      { Agent: { ProxyOrganizationOpenId: 'org-b' } },
      { AppId: 'app', ProxyOrganizationOpenId: 'org-b' },
    ],
    [
      'an organisation that is no text',
      { Agent: { ProxyOrganizationOpenId: 5 } },
      { AppId: 'app', ProxyOrganizationOpenId: 5 },
    ],
    ['an operator that is no object', { Agent: { ProxyOperator: 'x' } }, { ...own, ProxyOperator: 'x' }],
    ['an Agent of null', { Agent: null }, null],
    ['an Agent that is a list', { Agent: [] }, []],
  ])('that has %s is completed from the key', (_name, request, agent) => {
    expect(completeAgent({ ...request, Other: 1 }, 'app', filler)).toEqual({ Agent: agent, Other: 1 });
  });

  it('gets the application alone where the key has no default', () => {
    expect(completeAgent({}, 'app', null)).toEqual({ Agent: { AppId: 'app' } });
    expect(completeAgent({ Agent: own }, 'x', null)).toEqual({ Agent: own });
  });

  it('is not changed itself', () => {
    const request = Object.freeze({ Agent: Object.freeze({ ProxyOperator: Object.freeze({}) }) });
    expect(completeAgent(request, 'app', filler)).toEqual({ Agent: own });
  });
});

describe('an Agent', () => {
  const limited: Principal = {
    keyId: 'k',
    line: 'k',
    role: 'operator',
    organizations: ['org-a'],
    agent: null,
  };
  const refused = expect.objectContaining({ code: 'Forbidden' });

  it('may be anyone for a key that is made for all organisations', () => {
    const agent = {
      AppId: 'other',
      ProxyOrganizationOpenId: 'org-z',
      ProxyAppId: 'x',
      ProxyOrganizationId: 'y',
    };
    expect(() => requireActing({ ...limited, organizations: null }, agent, 'app')).not.toThrow();
  });

  it('of the own organisation and the configured application is accepted', () => {
    expect(() => requireActing(limited, own, 'app')).not.toThrow();
    expect(() =>
      requireActing(limited, { ...own, ProxyAppId: '', ProxyOrganizationId: '' }, 'app'),
    ).not.toThrow();
  });

  it.each([
    ['another organisation', { ...own, ProxyOrganizationOpenId: 'org-b' }],
    ['no organisation', { AppId: 'app' }],
    ['the same name in another application', { ...own, AppId: 'other' }],
    ['an organisation by another member', { ...own, ProxyOrganizationId: 'y' }],
    ['an organisation by its application', { ...own, ProxyAppId: 'x' }],
    ['nobody at all', undefined],
  ])('that names %s is refused', (_name, agent) => {
    expect(() => requireActing(limited, agent, 'app')).toThrow(refused);
  });
});
