/** How many contracts a generation has started, and what follows from it. */
import type { Surroundings } from '../../world.ts';
import { seconds } from '../../world.ts';
import { type Code, type Generation, isAlive } from '../code.ts';
import { codeEvent, origin } from '../events.ts';
import { changed } from '../life/transitions.ts';
import type { UseTransaction } from '../ports.ts';
import { nextDueS } from '../renewal/renewal.ts';

/** What is counted of a generation. */
export type Counts = Pick<Generation, 'costMessages' | 'certainContracts' | 'used' | 'toldPercent'>;

/** What a notification adds; the caller sees to it that each is counted once. */
export interface News {
  readonly costMessages: 0 | 1;
  readonly certainContracts: 0 | 1;
}

/** Percent of `MaxFlowNum` with an event each, once per generation. */
export const usageThresholds = [50, 80, 100] as const;

/**
 * The counts after a piece of news. What was used is the larger of two counts of the same thing: each alone may lack
 * messages, neither has too many.
 */
export function counted(before: Counts, news: News, maxFlowNum: number): Counts {
  const costMessages = before.costMessages + news.costMessages;
  const certainContracts = before.certainContracts + news.certainContracts;
  const used = Math.max(before.used, costMessages, certainContracts);
  const reached = usageThresholds.filter((percent) => used * 100 >= maxFlowNum * percent);
  const toldPercent = Math.max(before.toldPercent, ...reached);
  return { costMessages, certainContracts, used, toldPercent };
}

/** Does nothing follow from the count but the count itself? That is the usual case. */
export function isQuiet(
  before: Counts,
  after: Counts,
  { maxFlowNum, exhaustionPercent }: { maxFlowNum: number; exhaustionPercent: number },
): boolean {
  const isDue = ({ used }: Counts) => used * 100 >= maxFlowNum * exhaustionPercent;
  return after.toldPercent === before.toldPercent && isDue(after) === isDue(before);
}

/**
 * What follows from a count that was just written: thresholds cause events, a generation that has none left is exhausted,
 * and its successor falls due at the threshold of its policy.
 *
 * @returns whether a successor is due
 */
export async function followCount(
  tx: UseTransaction,
  { codeId, qrCodeId }: Pick<Generation, 'codeId' | 'qrCodeId'>,
  before: Counts,
  surroundings: Surroundings,
): Promise<boolean> {
  const locked = await tx.lockCode(codeId);
  const written = await tx.lockGeneration(qrCodeId);
  if (locked === undefined || written === undefined) return false;
  const generation = exhaustedIfSpent(written);
  if (generation !== written) await tx.saveGeneration(generation);
  const known = withGenerationOf(locked.code, { ...written, ...before });
  const nowMs = surroundings.nowMs();
  const code = withCount(known, generation, seconds(nowMs), nowMs);
  if (code !== known) await tx.saveCode(code, 'keep');
  for (const percent of usageThresholds) {
    if (percent <= before.toldPercent || percent > generation.toldPercent) continue;
    const more = { Percent: percent, Used: generation.used, MaxFlowNum: generation.maxFlowNum };
    await tx.emit(codeEvent('code.usage_threshold', code, origin(surroundings), generation, more));
  }
  if (code.state === 'Exhausted' && locked.code.state !== 'Exhausted') {
    await tx.emit(codeEvent('code.exhausted', code, origin(surroundings)));
  }
  return code.dueAtS !== null && code.dueAtS <= seconds(nowMs);
}

function exhaustedIfSpent(generation: Generation): Generation {
  const spent = generation.used >= generation.maxFlowNum && isAlive(generation);
  return spent ? { ...generation, state: 'exhausted' } : generation;
}

function withGenerationOf(code: Code, generation: Generation): Code {
  return code.current?.number === generation.number ? { ...code, current: generation } : code;
}

/** The code after a count of its current generation; the same object where nothing follows from it. */
function withCount(before: Code, generation: Generation, nowS: number, nowMs: number): Code {
  if (before.current?.number !== generation.number) return before;
  const after = { ...before, current: generation };
  const dueAtS = earlier(before.dueAtS, dueByCount(before, after, nowS));
  if (generation.state === 'exhausted' && before.state === 'Active') {
    const reason = { code: dueAtS === null ? 'Exhausted' : 'ExhaustedSuccessorDue' } as const;
    return changed(after, { state: 'Exhausted', reason, dueAtS }, nowMs);
  }
  return dueAtS === before.dueAtS ? before : { ...after, dueAtS };
}

/** A renewal that is waiting after a failure is not woken by every scan, only by a threshold that is passed. */
function dueByCount(before: Code, after: Code, nowS: number): number | null {
  const dueBefore = nextDueS(before, nowS);
  const due = nextDueS(after, nowS);
  return due !== null && (dueBefore === null || due < dueBefore) ? due : null;
}

function earlier(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}
