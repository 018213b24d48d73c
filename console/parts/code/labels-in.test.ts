import { describe, expect, it } from 'vitest';
import { labelsIn } from './labels-in.ts';

describe('labelsIn', () => {
  it.each([
    ['岗亭，北区', ['岗亭', '北区']],
    [' a , b,a,, ', ['a', 'b']],
    ['', []],
  ])('finds in %j the labels %j', (text, labels) => {
    expect(labelsIn(text)).toEqual(labels);
  });
});
