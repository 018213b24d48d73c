/** One death of a primary, with all that was under way, and what became of it. */

import type { Tried } from '../tried-create.ts';
import { type Silence, silences } from './address.ts';
import { type FailoverWorld, noteAcknowledged } from './failover-world.ts';
import { callers, startLoad } from './load.ts';

export interface RoundPlan {
  /** How long after all callers were at work. Milliseconds, as the others. */
  killAfterMs: number;
  /** From the death to the wish that the standby be the primary. */
  promoteAfterMs: number;
  how: Silence;
  /** How far the clock of the next standby is behind. */
  behindMs: number;
}

export interface Round extends RoundPlan {
  /** Epoch milliseconds. */
  killedMs: number;
  /** The new primary takes writes, and the address leads to it. */
  backMs: number;
  /** From then to the first create that was answered 200. */
  firstAnswerMs: number;
  /** What a create took before, in the middle of them. */
  usualMs: number;
  tried: Tried[];
  /** Of those, what was under way when the primary died. */
  underWay: Tried[];
}

const shortest = { kill: 100, promote: 100 };

/** @param longestPromoteMs shorter in CI */
export function planRound(random: () => number, longestPromoteMs: number, clocksDiffer: boolean): RoundPlan {
  return {
    killAfterMs: shortest.kill + random() * 1_500,
    // As many between 0.1 and 1 s as between 1 and 10 s.
    promoteAfterMs: shortest.promote * (longestPromoteMs / shortest.promote) ** random(),
    how: silences[Math.floor(random() * silences.length)] ?? 'connections end',
    // Behind, and right again: then the next is ahead of what the last has written.
    behindMs: clocksDiffer && random() < 0.7 ? random() * 60_000 : 0,
  };
}

const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const middle = (values: number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const isDone = ({ status }: Tried) => status === 200;

export async function playRound(world: FailoverWorld, plan: RoundPlan, random: () => number): Promise<Round> {
  const { pair, address } = world;
  const load = startLoad(world, random);
  // Every process is at work by then: what it takes to start them is not what is looked at.
  while (load.tried.filter(isDone).length < callers) await rest(50);
  await rest(plan.killAfterMs);
  const usualMs = middle(load.tried.filter(isDone).map(({ beganMs, endedMs = 0 }) => endedMs - beganMs));
  address.lose(plan.how, pair.standby()?.port ?? 0);
  const killedMs = Date.now();
  await pair.killPrimary();
  const underWay = load.tried.filter(({ endedMs }) => endedMs === undefined);
  await rest(plan.promoteAfterMs);
  await pair.promote();
  address.leadTo(pair.primary().port);
  const backMs = Date.now();
  // All is well again when a few have succeeded that began afterwards.
  const begunSince = () => load.tried.filter((one) => one.beganMs > backMs && isDone(one));
  while (begunSince().length < 5 && Date.now() < backMs + 30_000) await rest(50);
  await load.stop();
  noteAcknowledged(world);
  await pair.rejoin(plan.behindMs);
  const answered = load.tried.filter((one) => isDone(one) && (one.endedMs ?? 0) >= backMs);
  const firstAnswerMs = Math.min(...answered.map(({ endedMs = 0 }) => endedMs - backMs));
  return { ...plan, killedMs, backMs, firstAnswerMs, usualMs, tried: load.tried, underWay };
}
