import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ContractState, contractStates, eventsBetween, nextState } from './contract.ts';

const finals = ['ALL', 'REJECT', 'DEADLINE', 'CANCEL', 'INVALID', 'RELIEVED'] as const;

describe('the state of a contract', () => {
  it('goes forward from an open one', () => {
    for (const state of contractStates) expect(nextState('INIT', state)).toBe(state);
    expect(nextState('PART', 'INIT')).toBe('PART');
    for (const state of finals) expect(nextState('PART', state)).toBe(state);
  });

  it('never leaves a final one, but for a complete contract that is relieved', () => {
    for (const before of finals) {
      for (const told of contractStates) {
        const isRelief = before === 'ALL' && told === 'RELIEVED';
        expect(nextState(before, told)).toBe(isRelief ? 'RELIEVED' : before);
      }
    }
  });
});

describe('what is told of a contract', () => {
  it.each<[ContractState | null, ContractState, string[]]>([
    [null, 'INIT', ['contract.started']],
    [null, 'ALL', ['contract.started', 'contract.completed']],
    [null, 'RELIEVED', ['contract.started', 'contract.completed', 'contract.ended']],
    ['INIT', 'PART', []],
    ['PART', 'REJECT', ['contract.ended']],
    ['ALL', 'RELIEVED', ['contract.ended']],
    ['ALL', 'ALL', []],
  ])('between %s and %s is %j', (before, after, types) => {
    expect(eventsBetween(before, after)).toEqual(types);
  });

  it('is the same for every order in which one life is heard of', () => {
    const lives = fc.constantFrom<ContractState[]>(
      ['INIT', 'PART', 'ALL', 'RELIEVED'],
      ['INIT', 'PART', 'ALL'],
      ['INIT', 'PART', 'REJECT'],
      ['INIT', 'DEADLINE'],
    );
    const heard = lives.chain((life) =>
      fc.tuple(fc.constant(life), fc.shuffledSubarray([...life, ...life], { minLength: life.length * 2 })),
    );
    fc.assert(
      fc.property(heard, ([life, messages]) => {
        const told: string[] = [];
        let state: ContractState | null = null;
        for (const message of messages) {
          const next: ContractState = state === null ? message : nextState(state, message);
          told.push(...eventsBetween(state, next));
          state = next;
        }
        expect(state).toBe(life.at(-1));
        expect(told.sort()).toEqual(eventsBetween(null, life.at(-1) ?? 'INIT').sort());
      }),
    );
  });
});
