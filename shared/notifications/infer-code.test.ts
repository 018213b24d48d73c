import { describe, expect, it } from 'vitest';
import { chooseCandidate, possibleFlowNames } from './infer-code.ts';
import type { Candidate } from './ports.ts';

function candidate(changes: Partial<Candidate> = {}): Candidate {
  return {
    codeId: 'c',
    appId: 'app',
    organization: 'org-a',
    externalId: null,
    generation: 1,
    flowName: '入职合同',
    appendsScanner: false,
    ...changes,
  };
}

describe('the code that a contract may have come from', () => {
  it('has the name of the contract, or its beginning before a hyphen', () => {
    expect(possibleFlowNames('A-B-张三-9527')).toEqual(['A', 'A-B', 'A-B-张三', 'A-B-张三-9527']);
    expect(possibleFlowNames('')).toEqual([]);
  });

  it('is taken where it alone fits', () => {
    const plain = candidate();
    expect(chooseCandidate([plain], '入职合同')).toEqual({ kind: 'one', candidate: plain });
    const naming = candidate({ appendsScanner: true });
    expect(chooseCandidate([naming], '入职合同-张三-9527')).toEqual({ kind: 'one', candidate: naming });
  });

  it('is not one whose contracts are not named after who scans', () => {
    expect(chooseCandidate([candidate()], '入职合同-张三-9527')).toEqual({ kind: 'none' });
  });

  it('is none of several that fit', () => {
    expect(chooseCandidate([candidate(), candidate({ codeId: 'd' })], '入职合同')).toEqual({
      kind: 'several',
      count: 2,
    });
    expect(chooseCandidate([], '入职合同')).toEqual({ kind: 'none' });
  });
});
