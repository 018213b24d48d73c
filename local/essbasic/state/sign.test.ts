import { describe, expect, it } from 'vitest';
import type { Contract, Party } from './contract.ts';
import { actOnContract, type ContractAct, contractActNames } from './sign.ts';

const party = (RecipientId: string, kind: Party['kind']): Party => ({
  RecipientId,
  kind,
  state: 'PENDING',
  decidedAtS: 0,
});

const contract = (state: Contract['state'] = 'INIT'): Contract => ({
  FlowId: 'flow',
  DocumentId: 'document',
  QrCodeId: 'code',
  AppId: 'app',
  ProxyOrganizationOpenId: 'org',
  TemplateId: 'template',
  FlowName: '入职合同',
  createdAtS: 10,
  deadlineS: 100,
  updatedAtS: 10,
  state,
  parties: [party('person', 'person'), party('enterprise', 'enterprise')],
});

describe('a contract', () => {
  it('is signed by one party after the other, and the last signature is told twice', () => {
    const one = contract();
    expect(actOnContract(one, 'sign', 20)).toEqual([{ operate: 'sign', RecipientId: 'person' }]);
    expect(one).toMatchObject({ state: 'PART', updatedAtS: 20 });
    expect(one.parties).toMatchObject([{ state: 'ACCEPT', decidedAtS: 20 }, { state: 'PENDING' }]);
    expect(actOnContract(one, 'sign', 30)).toEqual([
      { operate: 'sign', RecipientId: 'enterprise' },
      { operate: 'finish', RecipientId: '' },
    ]);
    expect(one.state).toBe('ALL');
  });

  it.each<[ContractAct, string, string, [string, string]]>([
    ['reject', 'reject', 'REJECT', ['REJECT', 'STOP']],
    ['expire', 'deadline', 'DEADLINE', ['DEADLINE', 'DEADLINE']],
    ['cancel', 'cancel', 'CANCEL', ['CANCEL', 'CANCEL']],
    ['invalidate', 'invalid', 'INVALID', ['STOP', 'STOP']],
  ])('is ended by %s, told once as %s', (act, operate, state, [first, second]) => {
    const one = contract();
    const RecipientId = act === 'reject' ? 'person' : '';
    expect(actOnContract(one, act, 20)).toEqual([{ operate, RecipientId }]);
    expect(one).toMatchObject({ state, parties: [{ state: first }, { state: second }] });
  });

  it('keeps the signature of one party when the other rejects', () => {
    const one = contract();
    actOnContract(one, 'sign', 20);
    actOnContract(one, 'reject', 30);
    expect(one).toMatchObject({ state: 'REJECT', parties: [{ state: 'ACCEPT' }, { state: 'REJECT' }] });
  });

  it.each(['REJECT', 'ALL', 'DEADLINE', 'CANCEL', 'INVALID', 'RELIEVED'] as const)(
    'that is %s stays what it is, but for what was signed by all and can be relieved',
    (state) => {
      for (const act of contractActNames) {
        const one = contract(state);
        if (state === 'ALL' && act === 'relieve') continue;
        expect(actOnContract(one, act, 20)).toBeUndefined();
        expect(one).toEqual(contract(state));
      }
    },
  );

  it('can be relieved after all have signed, and not before', () => {
    const one = contract();
    expect(actOnContract(one, 'relieve', 20)).toBeUndefined();
    actOnContract(one, 'sign', 20);
    actOnContract(one, 'sign', 20);
    expect(actOnContract(one, 'relieve', 30)).toEqual([{ operate: 'relieve', RecipientId: '' }]);
    expect(one).toMatchObject({ state: 'RELIEVED', parties: [{ state: 'RELIEVED' }, { state: 'RELIEVED' }] });
  });
});
