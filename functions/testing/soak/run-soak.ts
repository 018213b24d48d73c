import { writeFile } from 'node:fs/promises';
import { createSeededRandom } from '../../../local/cloud-api/seeded-random.ts';
import { deliveriesTo, registered, seen, strays } from '../crowd/outcomes.ts';
import { readBooks } from '../failover/books.ts';
import { findOrphans } from '../failover/examine.ts';
import { planBeat } from './beat-plan.ts';
import { comeToRest } from './come-to-rest.ts';
import { examineGrowth, examineSessions, growthOf, held, resident } from './examine-samples.ts';
import { examineSoak, type SoakEvidence } from './examine-soak.ts';
import { batchesOf, type Ledger, openLedger } from './ledger.ts';
import { gatherPeople } from './people.ts';
import { playBeat, type Soak } from './play-beat.ts';
import { type Sample, sessionsLeft, takeSample } from './sample.ts';
import { startSoakWorld } from './soak-world.ts';
import { createTormentor, longLived } from './tormentor.ts';
import { warmUp } from './warm-up.ts';

export interface SoakPlan {
  seed: number;
  /** Of real time, without what it takes to come to rest. */
  minutes: number;
  /** What of its memory is to be judged. If anything is, its instances are warm before it begins. */
  judged: readonly ('held' | 'resident')[];
}

/** Between two looks at memory, sessions and leases: a hundred and more of them, however short the soak is. */
const sampleEveryMs = (minutes: number) => Math.min(15_000, (minutes * 60_000) / 120);
/** Beats between two looks at what is kept for a month. */
const noteEvery = 10;
/** What may be an orphan is forgotten half a year after its end: until then the books can be compared. */
const mostDays = 170;
const dayMs = 86_400_000;

export async function runSoak({ seed, minutes, judged }: SoakPlan) {
  const world = await startSoakWorld(seed);
  try {
    const soak: Soak = {
      world,
      people: gatherPeople(world, createSeededRandom(seed + 1)),
      tormentor: createTormentor(world, createSeededRandom(seed + 2)),
      runs: {},
    };
    const ledger = openLedger();
    if (judged.length > 0) await warmUp(soak);
    const startMs = world.nowMs();
    const { beats, faults, samples } = await playBeats(soak, ledger, { seed, minutes });
    const open = await comeToRest(soak, ledger);
    const virtualDays = Math.round((10 * (world.nowMs() - startMs)) / dayMs) / 10;
    const evidence = await gatherEvidence(soak, ledger);
    await world.platform.host.close();
    const memory = { held: growthOf(samples, held), resident: growthOf(samples, resident) };
    const findings = [
      ...Object.entries(open).flatMap(([what, count]) => (count > 0 ? [`${count} ${what} are left`] : [])),
      ...examineSoak(evidence),
      ...examineSessions(samples),
      ...(await sessionsLeft(world)),
      ...judged.flatMap((what) => examineGrowth(memory[what], longLived, `what is ${what}`)),
    ];
    if (findings.length > 0) await keepEvidence(soak, { findings, samples, ...evidence });
    return {
      findings,
      figures: {
        ...{ seed, minutes, virtualDays, beats, runs: soak.runs, faults },
        ...{ tormented: soak.tormentor.counts, people: soak.people.counts },
        ...countsOf(evidence),
        samples: samples.length,
        mostSessions: Math.max(...samples.map(({ sessions }) => sessions)),
        memory,
      },
    };
  } finally {
    await world.close();
  }
}

async function playBeats(soak: Soak, ledger: Ledger, { seed, minutes }: Omit<SoakPlan, 'judged'>) {
  const { world, tormentor } = soak;
  const random = createSeededRandom(seed);
  const [sinceMs, startMs] = [performance.now(), world.nowMs()];
  const samples: Sample[] = [];
  /** How often upstream went wrong, by the way in which it did. */
  const faults: Record<string, number> = {};
  let sampledMs = Number.NEGATIVE_INFINITY;
  let beats = 0;
  for (; performance.now() < sinceMs + minutes * 60_000; beats += 1) {
    const plan = planBeat(random);
    const isLate = world.nowMs() + plan.passMs > startMs + mostDays * dayMs;
    const struck = await playBeat(soak, isLate ? { ...plan, passMs: 10_000 } : plan);
    if (plan.fault !== undefined) faults[plan.fault.name] = (faults[plan.fault.name] ?? 0) + struck;
    if (beats % noteEvery === 0) await ledger.note(world);
    if (performance.now() < sampledMs + sampleEveryMs(minutes)) continue;
    sampledMs = performance.now();
    samples.push(await takeSample(world, tormentor.frozen, sinceMs));
  }
  return { beats, faults, samples };
}

async function gatherEvidence({ world, people }: Soak, ledger: Ledger): Promise<SoakEvidence> {
  const { ask, platform, acknowledged } = world;
  const known = await ask(registered);
  const letters = await ask((db) => deliveriesTo(db, 'standard-webhooks'));
  return {
    books: { ...(await readBooks(world, people.names)), events: [...ledger.events.values()] },
    tried: people.tried,
    troubles: people.troubles,
    names: people.names,
    cancelled: people.cancelled,
    batches: { acknowledged: people.batches, had: [...ledger.batches], kept: await ask(batchesOf) },
    nowMs: world.nowMs(),
    acknowledged,
    registered: known,
    seen: seen(platform.emulator, known),
    strays: strays(platform.emulator, known),
    deadLetters: letters.filter(({ state }) => state === 'dead').length,
  };
}

const countsOf = ({ books, seen: truth, acknowledged }: SoakEvidence) => ({
  codes: books.codes.length,
  generations: books.generations.length,
  contracts: truth.reduce((sum, { used }) => sum + used, 0),
  notifications: acknowledged.size,
  events: books.events.length,
  told: books.told.length,
  orphans: findOrphans(books).length,
});

/** Where what was found can be looked into: the same seed does not find the processes at the same step again. */
const evidenceFile = 'dist/soak-evidence.json';

async function keepEvidence({ world }: Soak, evidence: object): Promise<void> {
  const { rows: attempts } = await world.ask((db) => db.query('select * from attempts'));
  const { emulator, lines } = world.platform;
  const upstream = emulator.codes.list();
  await writeFile(evidenceFile, JSON.stringify({ ...evidence, attempts, upstream, lines }, null, 1));
  console.log(`evidence is in ${evidenceFile}`);
}
