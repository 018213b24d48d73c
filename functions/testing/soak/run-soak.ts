import { writeFile } from 'node:fs/promises';
import { createSeededRandom } from '../../../local/cloud-api/seeded-random.ts';
import { deliveriesTo, registered, seen, strays } from '../crowd/outcomes.ts';
import { readBooks } from '../failover/books.ts';
import { findOrphans } from '../failover/examine.ts';
import { planBeat } from './beat-plan.ts';
import { comeToRest } from './come-to-rest.ts';
import { examineGrowth, examineSessions, growthOf, held, resident } from './examine-samples.ts';
import { examineSoak } from './examine-soak.ts';
import { openLedger } from './ledger.ts';
import { gatherPeople } from './people.ts';
import { playBeat, type Soak } from './play-beat.ts';
import { type Sample, sessionsLeft, takeSample } from './sample.ts';
import { type SoakWorld, startSoakWorld } from './soak-world.ts';
import { createTormentor, longLived } from './tormentor.ts';

export interface SoakPlan {
  seed: number;
  /** Of real time, without what it takes to come to rest. */
  minutes: number;
}

/** Between two looks at memory, sessions and leases: a hundred and more of them, however short the soak is. */
const sampleEveryMs = (minutes: number) => Math.min(15_000, (minutes * 60_000) / 120);
/** Beats between two looks at what is kept for a month. */
const noteEvery = 10;
/** What may be an orphan is forgotten half a year after its end: until then the books can be compared. */
const mostDays = 170;
const dayMs = 86_400_000;

export async function runSoak({ seed, minutes }: SoakPlan) {
  const world = await startSoakWorld(seed);
  try {
    return await soakIn(world, { seed, minutes });
  } finally {
    await world.close();
  }
}

async function soakIn(world: SoakWorld, { seed, minutes }: SoakPlan) {
  const { emulator } = world.platform;
  const soak: Soak = {
    world,
    people: gatherPeople(world, createSeededRandom(seed + 1)),
    tormentor: createTormentor(world, createSeededRandom(seed + 2)),
    runs: {},
  };
  const plans = createSeededRandom(seed);
  const ledger = openLedger();
  const samples: Sample[] = [];
  const [sinceMs, startMs] = [performance.now(), world.nowMs()];
  const isOver = () => performance.now() - sinceMs > minutes * 60_000;
  const faults: Record<string, number> = {};
  let beats = 0;
  let sampledMs = 0;
  for (; !isOver(); beats += 1) {
    const plan = planBeat(plans);
    const isLate = world.nowMs() + plan.passMs > startMs + mostDays * dayMs;
    await playBeat(soak, isLate ? { ...plan, passMs: 10_000 } : plan);
    for (const { name, struck = 0 } of [
      { name: plan.fault?.name, struck: emulator.faults.list()[0]?.struck },
    ])
      if (name !== undefined) faults[name] = (faults[name] ?? 0) + struck;
    if (beats % noteEvery === 0) await ledger.note(world);
    if (performance.now() < sampledMs + sampleEveryMs(minutes)) continue;
    sampledMs = performance.now();
    samples.push(await takeSample(world, soak.tormentor.frozen, sinceMs));
  }
  const open = await comeToRest(soak, ledger);
  const days = (world.nowMs() - startMs) / dayMs;
  const { people, tormentor, runs } = soak;
  const books = { ...(await readBooks(world, people.names)), events: [...ledger.events.values()] };
  const known = await world.ask(registered);
  const truth = seen(emulator, known);
  const { rows: kept } = await world.ask((db) =>
    db.query<{ id: string }>('select batch_id as id from batches'),
  );
  const letters = await world.ask((db) => deliveriesTo(db, 'standard-webhooks'));
  const memory = { held: growthOf(samples, held), resident: growthOf(samples, resident) };
  await world.platform.host.close();
  const findings = [
    ...Object.entries(open).flatMap(([what, count]) => (count > 0 ? [`${count} ${what} are left`] : [])),
    ...examineSoak({
      books,
      tried: people.tried,
      names: people.names,
      cancelled: people.cancelled,
      batches: { acknowledged: people.batches, kept: kept.map(({ id }) => id) },
      acknowledged: world.acknowledged,
      registered: known,
      seen: truth,
      strays: strays(emulator, known),
      deadLetters: letters.filter(({ state }) => state === 'dead').length,
    }),
    ...examineSessions(samples),
    ...(await sessionsLeft(world)),
  ];
  if (findings.length > 0) await keepEvidence(world, { findings, books, tried: people.tried });
  return {
    findings,
    grown: [
      ...examineGrowth(memory.held, longLived, 'what is held'),
      ...examineGrowth(memory.resident, longLived, 'what is resident'),
    ],
    figures: {
      seed,
      minutes,
      virtualDays: Math.round(days * 10) / 10,
      beats,
      runs,
      tormented: tormentor.counts,
      faults,
      people: people.counts,
      codes: books.codes.length,
      generations: books.generations.length,
      contracts: truth.reduce((sum, { used }) => sum + used, 0),
      notifications: world.acknowledged.size,
      events: books.events.length,
      told: books.told.length,
      orphans: findOrphans(books).length,
      samples: samples.length,
      sessions: Math.max(...samples.map(({ sessions }) => sessions)),
      memory,
    },
  };
}

/** Where what was found can be looked into: the same seed does not find the processes at the same step again. */
const evidenceFile = 'dist/soak-evidence.json';

async function keepEvidence({ ask, platform }: SoakWorld, evidence: object): Promise<void> {
  const { rows: attempts } = await ask((db) => db.query('select * from attempts'));
  const { emulator, lines } = platform;
  const upstream = emulator.codes.list();
  await writeFile(evidenceFile, JSON.stringify({ ...evidence, attempts, upstream, lines }, null, 1));
  console.log(`evidence is in ${evidenceFile}`);
}
