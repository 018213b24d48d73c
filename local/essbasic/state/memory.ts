import { createSeededRandom, type SeededRandom } from '../../cloud-api/seeded-random.ts';
import { seedContent } from '../seeds/seed-content.ts';
import { parseSnapshot, type Snapshot } from './snapshot.ts';
import { type ClockState, createVirtualClock, type VirtualClock } from './virtual-clock.ts';
import { contentOf, createWorld, fillWorld, type World } from './world.ts';

export interface MemoryOptions {
  seed: number;
  /** Of the virtual clock. Epoch milliseconds; real time where left out. */
  startMs: number | undefined;
  /** Of the virtual clock. */
  speed: number;
  realNowMs: () => number;
}

/** All of the emulator that a snapshot keeps. */
export interface Memory {
  readonly world: World;
  readonly clock: VirtualClock;
  /** A sequence for each use, so that a fault or a refused request does not change the ids of the codes after it. */
  readonly random: {
    readonly ids: SeededRandom;
    readonly requests: SeededRandom;
    readonly faults: SeededRandom;
    readonly messages: SeededRandom;
    readonly crowds: SeededRandom;
  };
  snapshot(): Snapshot;
  /** @throws {Failure} `InvalidRequest` with every problem; nothing is changed then. */
  restore(snapshot: unknown): void;
  /** Back to how it began, with another seed of randomness if one is given. */
  reset(seed?: number): void;
}

export function createMemory(options: MemoryOptions): Memory {
  const { realNowMs, startMs, speed } = options;
  let { seed } = options;
  const startState = (): ClockState => {
    const atRealMs = realNowMs();
    return { nowMs: startMs ?? atRealMs, atRealMs, speed };
  };
  const clock = createVirtualClock(realNowMs, startState());
  const start = sequencesOf(seed);
  const random = {
    ids: createSeededRandom(start.ids),
    requests: createSeededRandom(start.requests),
    faults: createSeededRandom(start.faults),
    messages: createSeededRandom(start.messages),
    crowds: createSeededRandom(start.crowds),
  };
  const world = createWorld();
  fillWorld(world, seedContent(clock.nowS()));

  function restoreRandom(sequences: Sequences): void {
    random.ids.restore(sequences.ids);
    random.requests.restore(sequences.requests);
    random.faults.restore(sequences.faults);
    random.messages.restore(sequences.messages);
    random.crowds.restore(sequences.crowds);
  }

  return {
    world,
    clock,
    random,
    snapshot: () => ({
      version: 1,
      clock: clock.state(),
      random: {
        ids: random.ids.state(),
        requests: random.requests.state(),
        faults: random.faults.state(),
        messages: random.messages.state(),
        crowds: random.crowds.state(),
      },
      ...contentOf(world),
    }),
    restore(snapshot) {
      const { clock: clockState, random: sequences, version: _, ...content } = parseSnapshot(snapshot);
      clock.restore(clockState);
      restoreRandom(sequences);
      fillWorld(world, content);
    },
    reset(newSeed = seed) {
      seed = newSeed;
      clock.restore(startState());
      restoreRandom(sequencesOf(seed));
      fillWorld(world, seedContent(clock.nowS()));
    },
  };
}

type Sequences = Snapshot['random'];

const sequencesOf = (seed: number): Sequences => ({
  ids: seed >>> 0,
  requests: (seed ^ 0x52455153) >>> 0,
  faults: (seed ^ 0x46414c54) >>> 0,
  messages: (seed ^ 0x4d534753) >>> 0,
  crowds: (seed ^ 0x4352574d) >>> 0,
});
