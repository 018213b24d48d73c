import { describe, expect, it } from 'vitest';
import { createRejectionTally, type RejectionTally } from './rejection-tally.ts';

const startMs = Date.UTC(2026, 10, 24, 8, 0, 30);

function reject(tally: RejectionTally, verdict: string, sourceIp: string | null, atMs = startMs) {
  tally.add({ verdict, sourceIp, route: { kind: 'application' }, bytes: 7, receivedAtMs: atMs });
}

const due = (tally: RejectionTally, nowMs = startMs) =>
  tally.due(nowMs).map(({ verdict, sourceIp, count }) => [verdict, sourceIp, count]);

describe('what was turned away', () => {
  it('is written at once when it is the first of its verdict and address', () => {
    const tally = createRejectionTally();
    reject(tally, 'WrongToken', '192.0.2.1');
    expect(due(tally)).toEqual([['WrongToken', '192.0.2.1', 1]]);
    reject(tally, 'NoSignature', '192.0.2.1');
    reject(tally, 'WrongToken', null);
    expect(due(tally)).toEqual([
      ['NoSignature', '192.0.2.1', 1],
      ['WrongToken', null, 1],
    ]);
  });

  it('is written once a minute after that, and none is left out', () => {
    const tally = createRejectionTally();
    const written: unknown[] = [];
    for (let ms = 0; ms <= 180_000; ms += 100) {
      reject(tally, 'WrongToken', '192.0.2.1', startMs + ms);
      written.push(...due(tally, startMs + ms));
    }
    expect(written).toEqual([1, 600, 600, 600].map((count) => ['WrongToken', '192.0.2.1', count]));
  });

  it('tells of the latest', () => {
    const tally = createRejectionTally();
    reject(tally, 'WrongToken', '192.0.2.1');
    tally.due(startMs);
    for (const ms of [1, 2, 3]) reject(tally, 'WrongToken', '192.0.2.1', startMs + ms);
    expect(tally.due(startMs + 60_000)).toEqual([
      expect.objectContaining({ receivedAtMs: startMs + 3, count: 3 }),
    ]);
    expect(tally.due(startMs + 120_000)).toEqual([]);
  });

  it('comes from a bounded number of addresses a minute; of the others the verdict alone is counted', () => {
    const tally = createRejectionTally();
    for (let number = 0; number < 5_000; number += 1) reject(tally, 'WrongToken', `address-${number}`);
    const written = due(tally);
    expect(written).toHaveLength(101);
    expect(written).toContainEqual(['WrongToken', null, 4_900]);
    // Those that have gone make room.
    tally.due(startMs + 60_000);
    reject(tally, 'WrongToken', 'another', startMs + 60_000);
    expect(due(tally, startMs + 60_000)).toEqual([['WrongToken', 'another', 1]]);
  });
});
