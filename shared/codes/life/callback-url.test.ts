import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomIds } from '../ids.ts';
import { createRequest } from '../testing/world.ts';
import { callbackUrl, readCallbackRoute, withCallbackUrl } from './callback-url.ts';

const base = 'https://example.com/api/callback-handler';
const route = { token: randomIds().id(), generation: 3 };

describe('the address for notifications', () => {
  it('is read as it was written', () => {
    const generations = fc.integer({ min: 1, max: 10_000 });
    fc.assert(
      fc.property(generations, (generation) => {
        const written = { token: randomIds().id(), generation };
        const segment = callbackUrl(base, written).slice(base.length + 1);
        expect(readCallbackRoute(segment)).toEqual(written);
      }),
    );
  });

  it.each([
    '',
    'x',
    route.token,
    `${route.token}.0`,
    `${route.token}.1.2`,
    `${route.token}.x`,
    `0${route.token}.1`,
  ])('is not read from %s', (segment) => {
    expect(readCallbackRoute(segment)).toBeUndefined();
  });

  it('is added where the request has none', () => {
    const CallbackUrl = `${base}/${route.token}.3`;
    expect(withCallbackUrl(createRequest(), base, route)).toEqual({ ...createRequest(), CallbackUrl });
    expect(withCallbackUrl(createRequest({ CallbackUrl: '' }), base, route)).toMatchObject({ CallbackUrl });
  });

  it('gives way to that of a person', () => {
    const own = createRequest({ CallbackUrl: 'https://example.org/mine' });
    expect(withCallbackUrl(own, base, route)).toBe(own);
  });
});
