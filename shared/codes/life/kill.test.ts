/**
 * Processes that renew and create are killed, at every step of the journal and at random moments, alone and eight at a
 * time, with connections that drop before and after the effect. A few schedules here, a thousand by `npm run test:chaos`.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWire, type Wire } from '../../store/testing/wire.ts';
import { seed, shareOf } from '../../testing/cases.ts';
import { runChaos } from '../testing/chaos/run-chaos.ts';

const schedules = Number(process.env['CHAOS_SCHEDULES'] ?? shareOf(30));

let wire: Wire;

beforeAll(async () => {
  wire = await startWire();
});
afterAll(() => wire.dispose());

describe(`processes that are killed, ${schedules} schedules of seed ${seed}`, () => {
  it('renew each due code once, and leave every possible orphan in the journal', async () => {
    const report = await runChaos({ databaseUrl: wire.url, seed, schedules });
    console.log(JSON.stringify(report));
    expect(report.findings).toEqual([]);
    // A few have ended before they came to the step at which they were to be killed.
    expect(report.kills.step).toBeGreaterThanOrEqual(Math.floor(report.stopped * 0.7));
    expect(report.stepsHit).toBeGreaterThanOrEqual(
      Math.floor(Math.min(report.stopped * 0.7, report.steps * 0.9)),
    );
  });
});
