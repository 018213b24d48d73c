import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ApproverRestriction } from '../../../shared/essbasic/structs/ApproverRestriction.ts';
import { checkDigit, madeUpPerson, population } from './people.ts';

const numbers = fc.integer({ min: 0, max: population - 1 });

describe('made-up people', () => {
  it('are seen not to exist: by name, by a range that nobody is given, by region and check digit', () => {
    fc.assert(
      fc.property(numbers, (number) => {
        const { Name, Mobile, IdCardNumber } = madeUpPerson(number);
        expect(Name).toContain('虚构');
        expect(Mobile).toMatch(/^1000\d{7}$/);
        expect(IdCardNumber).toMatch(/^00\d{15}[01]$/);
        expect(IdCardNumber.slice(-1)).not.toBe(checkDigit(IdCardNumber.slice(0, 17)));
      }),
    );
  });

  it('are such as a code may be restricted to, and no two are alike', () => {
    fc.assert(
      fc.property(numbers, numbers, (one, other) => {
        const people = [one, other].map((number) => ApproverRestriction.parse(madeUpPerson(number)));
        fc.pre(one !== other);
        expect(people[0]?.IdCardNumber).not.toBe(people[1]?.IdCardNumber);
        expect(people[0]?.Mobile).not.toBe(people[1]?.Mobile);
      }),
    );
  });

  it('have a check digit that is known to be wrong: the right one of the published example is X', () => {
    expect(checkDigit('11010519491231002')).toBe('X');
  });
});
