import { nextOccurrenceMs } from '../../shared/scf/cron.ts';

/** When work of a timer falls due. Epoch milliseconds; null where there is none. */
interface DueTimes {
  /** The earliest that is due already. It may be impossible for the time being. */
  waiting: number | null;
  /** The earliest that will be due. */
  coming: number | null;
}

/** A timer while time is moved. */
export interface MovedTimer {
  functionName: string;
  cron: string;
  run(dueMs: number): Promise<unknown>;
}

export interface MoveParts {
  nowMs(): number;
  /** Puts every clock to a time. Epoch milliseconds. */
  setClock(ms: number): Promise<unknown>;
  /** What happens by itself in the emulator. */
  emulated: {
    nextDueMs(): number | undefined;
    /** Resolves when all that is due has happened, and all that it has led to. */
    deliverDue(): Promise<unknown>;
  };
  timers: readonly MovedTimer[];
  /** The work of functions with a timer, seen from now; of the others nobody knows when they have any. */
  nextWork(): Promise<ReadonlyMap<string, DueTimes>>;
  /** When functions with a timer ran last while time was moved, kept from one move to the next. Epoch milliseconds. */
  lastRuns: Map<string, number>;
}

const dayMs = 86_400_000;
/** A timer runs that often in any case: in hope of work, or lest some was not known. */
const restMs = 7 * dayMs;
/** Before work that stays due after a run is tried again, at first; twice as long each time, for a day at most. */
const firstPauseMs = 60_000;

/** A timer on the way, and what it has tried in vain. */
interface Moving {
  timer: MovedTimer;
  /** Up to here its occurrences have run, or had nothing to do. */
  handledMs: number;
  ranMs: number;
  tried: { waiting: number; pauseMs: number } | undefined;
}

/**
 * Moves time forward, from one thing that is due to the next. An occurrence of a timer that would find nothing to do is
 * left out: a year has half a million minutes.
 *
 * @returns how often each function with a timer ran
 */
export async function moveClock(toMs: number, parts: MoveParts): Promise<Record<string, number>> {
  const { nowMs, setClock, emulated, nextWork } = parts;
  const startMs = nowMs();
  const moving = parts.timers.map((timer): Moving => {
    // A clock that was put back in the meantime has no runs in the future.
    const ranMs = Math.min(parts.lastRuns.get(timer.functionName) ?? startMs, startMs);
    parts.lastRuns.set(timer.functionName, ranMs);
    return { timer, handledMs: startMs, ranMs, tried: undefined };
  });
  const ran: Record<string, number> = {};

  for (;;) {
    await emulated.deliverDue();
    const work = await nextWork();
    const due = moving.flatMap((one) => {
      const times = work.get(one.timer.functionName);
      const dueMs = usefulMs(one, times);
      return dueMs === undefined ? [] : [{ one, times, dueMs }];
    });
    const next = Math.min(emulated.nextDueMs() ?? Number.POSITIVE_INFINITY, ...due.map(({ dueMs }) => dueMs));
    if (next > toMs) break;
    if (next > nowMs()) await setClock(next);
    for (const { one, times, dueMs } of due) {
      if (dueMs !== next) continue;
      await one.timer.run(dueMs);
      ran[one.timer.functionName] = (ran[one.timer.functionName] ?? 0) + 1;
      parts.lastRuns.set(one.timer.functionName, dueMs);
      noteRun(one, times, dueMs);
    }
  }
  if (toMs > nowMs()) await setClock(toMs);
  await emulated.deliverDue();
  return ran;
}

/** The next occurrence with something to do. */
function usefulMs(
  { timer, handledMs, ranMs, tried }: Moving,
  times: DueTimes | undefined,
): number | undefined {
  const { waiting = null, coming = null } = times ?? {};
  const isTried = waiting !== null && tried?.waiting === waiting;
  const fromMs = Math.min(
    ranMs + restMs,
    coming ?? Number.POSITIVE_INFINITY,
    waiting === null ? Number.POSITIVE_INFINITY : handledMs + (isTried ? tried.pauseMs : 0),
  );
  return occurrenceMs(timer.cron, Math.max(fromMs, handledMs + 1));
}

/** The first occurrence at or after a time; they lie on whole seconds. */
const occurrenceMs = (cron: string, fromMs: number) =>
  nextOccurrenceMs(cron, Math.ceil(fromMs / 1000) * 1000 - 1000);

function noteRun(one: Moving, times: DueTimes | undefined, dueMs: number): void {
  one.handledMs = dueMs;
  one.ranMs = dueMs;
  const due = [times?.waiting, times?.coming]
    .filter((ms) => typeof ms === 'number')
    .filter((ms) => ms <= dueMs);
  if (due.length === 0) return;
  const waiting = Math.min(...due);
  const isAgain = one.tried?.waiting === waiting;
  const pauseMs = isAgain ? Math.min(dayMs, (one.tried?.pauseMs ?? 0) * 2) : firstPauseMs;
  one.tried = { waiting, pauseMs };
}
