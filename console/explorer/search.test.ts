import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type ApiName, contractIn, type Document } from './contracts.ts';
import { firstRequest, withMember } from './first-request.ts';
import { everything, type Hit, mostHits, search } from './search.ts';

/** The contracts as they are served. */
const contractOf = (api: ApiName, path: string) =>
  contractIn(api, JSON.parse(readFileSync(path, 'utf8')) as Document); // our own file
const contracts = {
  own: contractOf('own', 'docs/openapi.json'),
  upstream: contractOf('upstream', 'docs/upstream.json'),
};
const all = everything(contracts);
const find = (query: string) => search(all, query).map(named);
const named = (hit: Hit) =>
  hit.kind === 'error'
    ? `${hit.api} error ${hit.name}`
    : `${hit.action.api} ${hit.action.name}${hit.kind === 'member' ? ` ${hit.path}` : ''}`;
const create = 'ChannelCreateMultiFlowSignQRCode';

describe('the contracts as the Explorer reads them', () => {
  it('have every action, with its role and whether it changes something', () => {
    expect(contracts.upstream.actions.map(({ name, changes }) => [name, changes])).toEqual([
      [create, true],
      ['ChannelCancelMultiFlowSignQRCode', true],
      ['DescribeTemplates', false],
    ]);
    expect(contracts.own.actions.length).toBeGreaterThan(25);
    const byName = new Map(contracts.own.actions.map((action) => [action.name, action]));
    expect(byName.get('DescribeAuditLog')).toMatchObject({ role: 'admin', changes: false });
    expect(byName.get('RevokeApiKey')).toMatchObject({ role: 'admin', changes: true });
    expect(byName.get('DescribeMultiFlowSignQRCodes')).toMatchObject({ role: 'viewer', changes: false });
    for (const { example } of byName.values()) expect(example).toBeTypeOf('object');
  });

  it('say everything in both languages', () => {
    const silent = all.filter(({ text }) => !/[a-z]/i.test(text.en) || !/[一-龥]/.test(text.zh));
    expect(silent.map(named)).toEqual([]);
    const mixed = all.filter(({ kind, text }) => kind !== 'error' && /[一-龥]{4}/.test(text.en));
    expect(mixed.map(named)).toEqual([]);
  });
});

describe('a search', () => {
  it('finds a member by its name, the name itself first, and leads to its action', () => {
    expect(find('FlowName').slice(0, 2)).toEqual([`upstream ${create} FlowName`, `own ${create} FlowName`]);
    expect(find('idcardnumber')[0]).toBe(`upstream ${create} Restrictions.IdCardNumber`);
  });

  it('finds actions before members, and members of members', () => {
    expect(find('DescribeTempl').slice(0, 2)).toEqual([
      'upstream DescribeTemplates',
      'own DescribeTemplates',
    ]);
    expect(find('ExhaustionPercent')).toContain(
      'own BatchCreateMultiFlowSignQRCode Rows.RenewalPolicy.ExhaustionPercent',
    );
  });

  it('finds error codes of both, by name and by meaning in either language', () => {
    expect(find('NoQuota')[0]).toBe('upstream error OperationDenied.NoQuota');
    expect(find('合同额度不足')).toEqual(['upstream error OperationDenied.NoQuota']);
    expect(find('the version has changed')).toContain('own error VersionConflict');
  });

  it('wants every word, and finds nothing of nothing', () => {
    expect(find('signature wrong')).toContain('upstream error AuthFailure.SignatureFailure');
    expect(find('FlowName zebra')).toEqual([]);
    expect(find('   ')).toEqual([]);
    expect(find('e')).toHaveLength(mostHits);
  });
});

describe('a request at first', () => {
  const [action] = contracts.upstream.actions;
  if (action === undefined) throw new Error('no action');
  const caller = { AppId: 'app', Agent: null };

  it('says for whom it acts where the key says so, in full for Tencent alone', () => {
    expect(firstRequest(action, contracts.upstream, caller)).toEqual({ Agent: { AppId: 'app' } });
    const Agent = { ProxyOrganizationOpenId: 'org', ProxyOperatorOpenId: 'op' };
    expect(firstRequest(action, contracts.upstream, { ...caller, Agent })).toEqual({
      Agent: { AppId: 'app', ProxyOrganizationOpenId: 'org', ProxyOperator: { OpenId: 'op' } },
    });
    const own = contracts.own.actions.find(({ name }) => name === create) ?? action;
    expect(firstRequest(own, contracts.own, { ...caller, Agent })).toEqual({});
    expect(firstRequest(action, contracts.upstream, undefined)).toEqual({});
  });

  it('has a place for a member inside a list that was found', () => {
    expect(withMember({}, 'Restrictions.Mobile', action, contracts.upstream)).toEqual({
      value: { Restrictions: [{}] },
      place: 'Restrictions[0].Mobile',
    });
    expect(withMember({}, 'Agent.ProxyOperator.OpenId', action, contracts.upstream)).toEqual({
      value: {},
      place: 'Agent.ProxyOperator.OpenId',
    });
  });
});
