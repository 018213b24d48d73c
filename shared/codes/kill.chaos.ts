/** The kill tests in full: see `kill.test.ts` for what they show. */
import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWire, type Wire } from '../store/testing/wire.ts';
import { runChaos } from './testing/chaos/run-chaos.ts';

const schedules = Number(process.env['CHAOS_SCHEDULES'] ?? 1000);
const seed = Number(process.env['CHAOS_SEED'] ?? randomInt(2 ** 31));

let wire: Wire;

beforeAll(async () => {
  wire = await startWire();
});
afterAll(() => wire.dispose());

describe(`processes that are killed, ${schedules} schedules of seed ${seed}`, () => {
  it('renew each due code once, and leave every possible orphan in the journal', async () => {
    const report = await runChaos({ databaseUrl: wire.url, seed, schedules });
    console.log(report);
    expect(report.findings).toEqual([]);
  });
});
