import { describe, expect, it } from 'vitest';
import { newItem, pathText, shownIn, typed, valueAt, withValueAt } from './value.ts';

describe('a request that is being written', () => {
  it('has another value at a place, and makes what is around it', () => {
    const before = { Agent: { AppId: 'a' } };
    expect(withValueAt(before, ['Agent', 'ProxyOperator', 'OpenId'], 'o')).toEqual({
      Agent: { AppId: 'a', ProxyOperator: { OpenId: 'o' } },
    });
    expect(withValueAt(before, ['Restrictions', 0, 'Name'], 'n')).toEqual({
      ...before,
      Restrictions: [{ Name: 'n' }],
    });
    expect(before).toEqual({ Agent: { AppId: 'a' } });
  });

  it('keeps nothing empty around what is taken away, and the neighbours', () => {
    const before = { A: { B: { C: 1 } }, L: [{ X: 1 }, { X: 2 }] };
    expect(withValueAt(before, ['A', 'B', 'C'], undefined)).toEqual({ L: before.L });
    expect(withValueAt(before, ['L', 0], undefined)).toEqual({ A: before.A, L: [{ X: 2 }] });
    expect(withValueAt({ L: [1] }, ['L', 0], undefined)).toBeUndefined();
  });

  it('puts the right thing in the place of one of a wrong type', () => {
    expect(withValueAt({ A: 'text' }, ['A', 'B'], 1)).toEqual({ A: { B: 1 } });
    expect(withValueAt({ A: {} }, ['A', 0], 1)).toEqual({ A: [1] });
  });

  it('has nothing where nothing was put, not even what every object has', () => {
    expect(valueAt({ A: [{ B: null }] }, ['A', 0, 'B'])).toBeNull();
    expect(valueAt({}, ['constructor'])).toBeUndefined();
    expect(valueAt({ A: 1 }, ['A', 'B'])).toBeUndefined();
  });
});

it.each([
  ['', 'string', false, undefined],
  ['5', 'string', false, '5'],
  ['5', 'number', false, 5],
  ['-1.5', 'number', false, -1.5],
  ['five', 'number', false, 'five'],
  ['9007199254740993', 'number', false, '9007199254740993'],
  ['true', 'boolean', false, true],
  ['maybe', 'boolean', false, 'maybe'],
  ['null', 'string', true, null],
  ['null', 'string', false, 'null'],
] as const)('what is typed (%j, for a %s, null %j) is read as %j', (text, kind, mayBeNull, value) => {
  expect(typed(text, kind, mayBeNull)).toBe(value);
});

it('shows in a field what reads the same again', () => {
  expect([undefined, 'x', 5, null, true].map(shownIn)).toEqual(['', 'x', '5', 'null', 'true']);
});

it('begins an item as its list wants it', () => {
  const schemas = { Row: { type: 'object', properties: { A: { type: 'string' } } } };
  expect(newItem({ $ref: '#/components/schemas/Row' }, schemas)).toEqual({});
  expect(newItem({ type: 'string', enum: ['x', 'y'] }, schemas)).toBe('x');
  expect(newItem({ type: 'string' }, schemas)).toBe('');
});

it('names a place as problems do', () => {
  expect(pathText(['Rows', 0, 'RenewalPolicy', 'Enabled'])).toBe('Rows[0].RenewalPolicy.Enabled');
});
