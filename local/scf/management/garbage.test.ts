import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { casesOf } from '../../../shared/testing/cases.ts';
import { firstSteps, goodRequests, type ManagedName, secondSteps, thirdSteps } from './good-requests.ts';
import { type StartedManagement, startManagement } from './management.test.kit.ts';

let started: StartedManagement;
beforeAll(async () => {
  started = await startManagement({ settling: { ms: 1000 } });
  for (const steps of [firstSteps, secondSteps, thirdSteps]) {
    for (const { action, request } of steps) await started.done(action, request);
    started.clock.advance(1000);
  }
});
afterAll(() => started.management.close());

/** What runs a function in a process of its own is not to be done a thousand times. */
const names = Object.keys(goodRequests).filter((name) => !name.startsWith('Invoke')) as ManagedName[]; // keys of our own

/** The good request of an action, of whose members some have been replaced by anything. */
const Spoilt = fc.constantFrom(...names).chain((action) => {
  const good: Readonly<Record<string, unknown>> = goodRequests[action];
  const members = [
    ...Object.keys(good),
    'Namespace',
    'Qualifier',
    'Environment',
    'Code',
    'Filters',
    'TriggerDesc',
  ];
  return fc
    .dictionary(fc.constantFrom(...members), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 3 })
    .map((change) => ({ action, request: { ...good, ...change } as unknown }));
});
const Anything = fc.record({ action: fc.constantFrom(...names), request: fc.jsonValue() });

describe('whatever is asked', () => {
  it('is answered in the form of the API, and never by a defect', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(Spoilt, Anything), async ({ action, request }) => {
        const { status, text } = await started.raw(action, request);
        const { Response } = JSON.parse(text) as {
          Response: { RequestId: string; Error?: { Code: string } };
        };
        expect(status).toBe(200);
        expect(Response.RequestId).toMatch(/^[0-9a-f-]{36}$/);
        expect(Response.Error?.Code).not.toBe('InternalError');
        // What a lucky request has begun comes to its end.
        started.clock.advance(1000);
      }),
      casesOf(400),
    );
    expect(started.lines.filter((line) => line.startsWith('defect'))).toEqual([]);
  });
});
