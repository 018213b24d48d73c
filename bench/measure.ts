/** What takes part in a comparison. `run` may be asynchronous; it is then awaited call by call. */
export interface Contestant<Name extends string> {
  name: Name;
  run: () => unknown;
}

export interface MeasureOptions {
  rounds?: number;
  /** How long each contestant works in each round, roughly. Milliseconds. */
  roundMs?: number;
}

export interface Measured<Name extends string> {
  /** Median time of one call. Nanoseconds. */
  nsPerCall(name: Name): number;
  /** Speed of one against another: 2 is twice as fast. The median of the ratios of every single round. */
  speed(name: Name, against: Name): number;
}

/**
 * Runs the contestants against each other: warmed up, then interleaved round by round, each round in turned order,
 * so that what disturbs the machine disturbs all of them. Medians, since disturbances only ever make slower.
 */
export async function measure<Name extends string>(
  contestants: readonly Contestant<Name>[],
  { rounds = 31, roundMs = 20 }: MeasureOptions = {},
): Promise<Measured<Name>> {
  const entries: { name: Name; run: () => unknown; calls: number; ns: number[] }[] = [];
  for (const { name, run } of contestants) {
    // Warming up twice: the second round counts how many calls of the optimised code fill a round.
    const guess = await callsIn(run, roundMs, 1);
    entries.push({ name, run, calls: await callsIn(run, roundMs, guess), ns: [] });
  }
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < entries.length; turn++) {
      const entry = entries[(round + turn) % entries.length];
      if (entry !== undefined) entry.ns.push((await time(entry.run, entry.calls)) / entry.calls);
    }
  }

  const ofEntry = (name: Name) => entries.find((entry) => entry.name === name)?.ns ?? [];
  return {
    nsPerCall: (name) => median(ofEntry(name)),
    speed: (name, against) => {
      const ours = ofEntry(name);
      return median(ofEntry(against).map((ns, round) => ns / (ours[round] ?? Number.NaN)));
    },
  };
}

async function callsIn(run: () => unknown, roundMs: number, startCalls: number): Promise<number> {
  for (let calls = startCalls; ; calls *= 2) {
    const ms = (await time(run, calls)) / 1e6;
    if (ms >= roundMs / 2) return Math.max(1, Math.round((calls * roundMs) / ms));
  }
}

/** Nanoseconds for so many calls. A synchronous contestant never pays for an `await`. */
async function time(run: () => unknown, calls: number): Promise<number> {
  const start = process.hrtime.bigint();
  for (let call = 0; call < calls; call++) {
    const result = run();
    if (result instanceof Promise) await result;
  }
  return Number(process.hrtime.bigint() - start);
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
