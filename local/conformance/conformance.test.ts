/** The emulator answers as Tencent's documents say, read by somebody who has not seen its code. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { allCases as isWholeRun, shareOf, someOf } from '../../shared/testing/cases.ts';
import { allCases } from './cases.ts';
import { emulatedTarget } from './emulated-target.ts';
import { type Outcome, runCases } from './run-cases.ts';

let target: Awaited<ReturnType<typeof emulatedTarget>>;
beforeAll(async () => {
  target = await emulatedTarget();
});
afterAll(() => target.close());

const cases = [...allCases()];

it('is tried with more than 10,000 requests, always the same', () => {
  expect(cases.length).toBeGreaterThan(10_000);
  expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
  expect([...allCases()]).toEqual(cases);
});

it('is of one opinion with the documents', { timeout: 600_000 }, async () => {
  const disagreeing: Outcome[] = [];
  let [accepted, refused] = [0, 0];
  for await (const outcome of runCases(someOf(cases), target)) {
    if (!outcome.isMet) disagreeing.push(outcome);
    if (outcome.answered === 'ok') accepted += 1;
    else refused += 1;
  }
  expect(disagreeing).toEqual([]);
  expect(accepted + refused).toBeGreaterThanOrEqual(shareOf(cases.length) - 1);
  // Most pairs have something that is refused; without any that is not, nothing would be shown.
  expect(accepted).toBeGreaterThan(isWholeRun ? 300 : 20);
});
