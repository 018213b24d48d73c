import { describe, expect, it } from 'vitest';
import { stored, world } from '../testing/action-world.ts';
import { traceIdOf } from './trace-context.ts';

const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
const parent = '00f067aa0ba902b7';

describe('a traceparent', () => {
  it.each([
    [`00-${trace}-${parent}-01`],
    [`00-${trace}-${parent}-ff`],
    [`01-${trace}-${parent}-01`],
    [`cc-${trace}-${parent}-01-what-the-future-will-be-like`],
  ])('names a trace: %s', (header) => {
    expect(traceIdOf(header)).toBe(trace);
  });

  it.each([
    [undefined],
    [''],
    [`ff-${trace}-${parent}-01`],
    [`00-${trace}-${parent}-01-more`],
    [`cc-${trace}-${parent}-01.more`],
    [`00-${'0'.repeat(32)}-${parent}-01`],
    [`00-${trace}-${'0'.repeat(16)}-01`],
    [`00-${trace.toUpperCase()}-${parent}-01`],
    [`00-${trace.slice(1)}-${parent}-01`],
    [`00-${trace}-${parent}`],
    [`00-${trace}-${parent}-1`],
    [` 00-${trace}-${parent}-01`],
    [`00-${trace}-${parent}-01, 00-${trace}-${parent}-01`],
  ])('that is malformed names none: %s', (header) => {
    expect(traceIdOf(header)).toBeUndefined();
  });
});

describe('a call of a trace', () => {
  it('has its id in every line of the log, whole', async () => {
    // Eleven digits among letters look like the number of a phone.
    const traceId = 'a13812345678bbbbbbbbbbbbbbbbbbbb';
    const { call, logged } = world(async ({ log }) => {
      log.warn('at work');
      return {};
    });
    const { statusCode } = await call({ headers: { traceparent: `00-${traceId}-${parent}-01` } });
    expect(statusCode).toBe(200);
    expect(logged()).toEqual([
      expect.objectContaining({ message: 'at work', traceId }),
      expect.objectContaining({ message: 'done', traceId, keyId: stored.keyId }),
    ]);
  });

  it('is answered all the same when nobody can read which', async () => {
    const { call, logged } = world();
    expect((await call({ headers: { traceparent: 'nonsense' } })).statusCode).toBe(200);
    expect(logged()[0]).not.toHaveProperty('traceId');
  });
});
