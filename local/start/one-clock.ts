import { Failure } from '../../shared/errors.ts';
import type { TimerTrigger } from '../../shared/scf/function-service.ts';
import type { Text } from '../../shared/text.ts';
import { type Clock, systemClock } from '../clock/clock.ts';
import type { ClockChange, Emulator, MoveReport } from '../essbasic/emulator.ts';
import type { AsynchronousInvoker } from '../scf/asynchronous-invocation.ts';
import type { FunctionHost } from '../scf/function-host.ts';
import { startTimers, type Timers, timerEvent } from '../scf/timer.ts';
import type { Database } from './database.ts';
import { moveClock } from './move-clock.ts';
import { openPlannedWork } from './planned-work.ts';
import type { TimeGate } from './time-gate.ts';

/** How far the clock of a local run is ahead of the machine's. Milliseconds. It runs as fast. */
export function shiftOf(emulator: Emulator): number {
  const { nowMs, atRealMs } = emulator.clock.state();
  return Math.round(nowMs - atRealMs);
}

export interface OneClockParts {
  emulator: Emulator;
  /** Its invocations pass the gate. */
  host: FunctionHost;
  invoker: AsynchronousInvoker;
  gate: TimeGate;
  /** The embedded database; undefined where it is one of the user's own, whose clock stays. */
  database: Database | undefined;
  log: (line: string) => void;
}

export interface OneClock {
  /** Moves it by hand. */
  move: Emulator['moveClock'];
  /** The clock of the emulator may have changed, as by a reset: all others follow. */
  follow(): void;
  stop(): void;
}

const longestMoveMs = 10 * 366 * 86_400_000;

const texts = {
  speed: {
    zh: '本机运行的时钟只能以真实速度走：请拨动它',
    en: 'is 1 in a local run: move the clock instead',
  },
  back: { zh: '本机运行的时钟只能向前拨', en: 'The clock of a local run moves forward only' },
  far: { zh: '一次最多拨动十年', en: 'The clock moves by ten years at most at once' },
  moving: { zh: '时钟正在拨动', en: 'The clock is being moved' },
  ownDatabase: {
    zh: 'DATABASE_URL 指向自备的数据库，其时钟无法拨动：如需拨动，请不设 DATABASE_URL',
    en: 'DATABASE_URL names a database of your own, whose clock cannot be moved: leave it out to move the clock',
  },
} as const satisfies Record<string, Text>;

/**
 * One clock for the emulator, the functions, their timers and the leases in the database: that of the emulator, which
 * the others follow. It jumps while no function runs, so none sees it jump.
 */
export function startOneClock(parts: OneClockParts): OneClock {
  const { emulator, host, invoker, gate, database, log } = parts;
  const clock: Clock = { nowMs: emulator.clock.nowMs, after: systemClock.after };
  const lastRuns = new Map<string, number>();
  let isMoving = false;
  let databaseShiftMs = shiftOf(emulator);
  let timers: Timers = startTimers(host.services, invoker.deliver, clock);

  const rearm = () => {
    timers.stop();
    timers = startTimers(host.services, invoker.deliver, clock);
  };

  const setClock = (ms: number) =>
    gate.alone(async () => {
      emulator.clock.set(ms);
      databaseShiftMs = shiftOf(emulator);
      await database?.shift(databaseShiftMs);
    });

  async function moveAll(toMs: number, url: string): Promise<MoveReport> {
    const work = await openPlannedWork(url, emulator.clock.nowMs);
    try {
      const { nowMs } = emulator.clock;
      const { deliverDue, nextDueMs } = emulator.callbacks;
      const emulated = { deliverDue, nextDueMs };
      const ran = await moveClock(toMs, {
        nowMs,
        setClock,
        emulated,
        timers: timersOf(host),
        nextWork: work.next,
        lastRuns,
      });
      const runs = Object.entries(ran).map(([name, times]) => `${name} ×${times}`);
      log(`clock | ${new Date(nowMs()).toISOString()}${runs.length > 0 ? `, after ${runs.join(', ')}` : ''}`);
      return { ran };
    } finally {
      await work.close();
    }
  }

  return {
    async move(change) {
      const toMs = targetOf(change, emulator.clock.nowMs());
      if (database === undefined) throw new Failure('StateConflict', { detail: texts.ownDatabase });
      if (isMoving) throw new Failure('StateConflict', { detail: texts.moving });
      isMoving = true;
      timers.stop();
      try {
        return await moveAll(toMs, database.url);
      } finally {
        isMoving = false;
        rearm();
      }
    },
    follow() {
      if (emulator.clock.state().speed !== 1) emulator.clock.setSpeed(1);
      if (isMoving || shiftOf(emulator) === databaseShiftMs) return;
      databaseShiftMs = shiftOf(emulator);
      rearm();
      gate
        .alone(async () => database?.shift(databaseShiftMs))
        .catch((error: unknown) => log(`clock | ${error}`));
    },
    stop: () => timers.stop(),
  };
}

/** @throws {Failure} where the clock does not move like this */
function targetOf({ setMs, advanceMs = 0, speed = 1 }: ClockChange, nowMs: number): number {
  if (speed !== 1)
    throw new Failure('InvalidRequest', { problems: [{ path: 'speed', message: texts.speed }] });
  const toMs = (setMs ?? nowMs) + advanceMs;
  if (toMs < nowMs) throw new Failure('StateConflict', { detail: texts.back });
  if (toMs - nowMs > longestMoveMs) throw new Failure('StateConflict', { detail: texts.far });
  return toMs;
}

/** A failed run is not repeated: what it left undone is due at the next occurrence. The host logs it. */
const timersOf = ({ services, invoke }: FunctionHost) =>
  services.flatMap(({ name, triggers }) =>
    triggers
      .filter((trigger): trigger is TimerTrigger => trigger.type === 'timer')
      .map((trigger) => ({
        functionName: name,
        cron: trigger.cron,
        run: (dueMs: number) => invoke(name, timerEvent(trigger, dueMs), 'asynchronous'),
      })),
  );
