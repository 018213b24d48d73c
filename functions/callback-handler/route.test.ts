import { describe, expect, it } from 'vitest';
import { randomIds } from '../../shared/codes/ids.ts';
import { routeOf } from './receive.ts';

const token = randomIds().id();

describe('routeOf', () => {
  it.each([
    `/callback-handler/${token}.3`,
    `/callback-handler/${token}.3/`,
    `/${token}.3`,
    `/some/prefix/${token}.3`,
  ])('finds the code that %s is the address of', (path) => {
    expect(routeOf(path)).toEqual({ kind: 'code', token, generation: 3 });
  });

  it.each([
    '/',
    '/callback-handler',
    '/callback-handler/',
    `/${token}`,
    `/${token}.`,
    `/${token}.0`,
    `/${token}.01`,
    `/${token}.1234567`,
    `/${token}.-1`,
    `/${token}.3.4`,
    `/${token.slice(1)}.3`,
    `/${token.repeat(2)}.3`,
    '',
    `/${token.slice(1)}0.3`,
    `/${token}.3/x`,
    `/${token}.3%00`,
  ])('takes %s for the address of the application', (path) => {
    expect(routeOf(path)).toEqual({ kind: 'application' });
  });
});
