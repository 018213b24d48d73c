/** A small run of what `npm run test:chaos` does at length. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWire, type Wire } from '../store/testing/wire.ts';
import { runChaos } from './testing/chaos/run-chaos.ts';

let wire: Wire;

beforeAll(async () => {
  wire = await startWire();
});
afterAll(() => wire.dispose());

describe('processes that are killed', () => {
  it('renew each due code once, and leave every possible orphan in the journal', async () => {
    const report = await runChaos({ databaseUrl: wire.url, seed: 1, schedules: 20 });
    console.log(report);
    expect(report.findings).toEqual([]);
    expect(report.kills).toBeGreaterThan(10);
  });
});
