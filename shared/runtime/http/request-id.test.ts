import { describe, expect, it } from 'vitest';
import { chooseRequestId } from './request-id.ts';

const choose = (...candidates: unknown[]) => chooseRequestId(candidates, ['hunter2hunter2'], () => 'new');

describe('a request id', () => {
  it.each([
    ['4ca7089c-1f2e-4d57-8f0b-9b0f3d2c1a7e'],
    ['4ca7089c-1f2e-4d57-8f0b-a13812345678'],
    ['a'],
    ['trace:1.2_3'],
    ['x'.repeat(128)],
  ])('is taken over: %s', (id) => {
    expect(choose(id)).toBe(id);
  });

  it('is the first fit one', () => {
    expect(choose(undefined, 'bad id', 'good', 'later')).toBe('good');
  });

  it.each([
    [undefined],
    [null],
    [5],
    [{}],
    [''],
    ['a b'],
    ['a\nb'],
    ['a, b'],
    ['"a"'],
    ['<a>'],
    ['字'],
    ['x'.repeat(129)],
    ['13812345678'],
    ['id-11010519491231002X'],
    ['qm_0123456789ab_secret'],
    ['AKIDsomething'],
    ['x-hunter2hunter2'],
  ])('is made where what came is unfit: %j', (id) => {
    expect(choose(id)).toBe('new');
  });
});
