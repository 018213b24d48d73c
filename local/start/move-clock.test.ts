import { describe, expect, it } from 'vitest';
import { type MovedTimer, moveClock } from './move-clock.ts';

const startMs = Date.parse('2026-11-24T00:00:30Z');
const minuteMs = 60_000;
const dayMs = 86_400_000;

/** A world in which things fall due. Times are minutes after 00:00. */
function createWorld(run: (dueMinute: number, world: World) => void = () => {}) {
  const world: World = { now: startMs, work: [], people: [], happened: [] };
  const minutes = (ms: number) => (ms - startMs + 30_000) / minuteMs;
  const timer: MovedTimer = {
    functionName: 'renew',
    cron: '0 * * * * * *',
    async run(dueMs) {
      world.happened.push(`timer ${minutes(dueMs)}`);
      run(minutes(dueMs), world);
    },
  };
  const ms = (minute: number) => startMs - 30_000 + minute * minuteMs;
  const lastRuns = new Map<string, number>();
  const least = (list: number[]) => (list.length === 0 ? null : Math.min(...list));
  return {
    world,
    timer,
    move: (minute: number, timers = [timer]) =>
      moveClock(ms(minute), {
        nowMs: () => world.now,
        async setClock(to) {
          world.now = to;
        },
        emulated: {
          nextDueMs: () => (world.people.length === 0 ? undefined : ms(Math.min(...world.people))),
          async deliverDue() {
            for (const minute of world.people.filter((minute) => ms(minute) <= world.now)) {
              world.happened.push(`person ${minute}`);
              world.people = world.people.filter((other) => other !== minute);
            }
          },
        },
        timers,
        lastRuns,
        async nextWork() {
          const times = world.work.map(ms);
          const waiting = least(times.filter((at) => at <= world.now));
          return new Map([['renew', { waiting, coming: least(times.filter((at) => at > world.now)) }]]);
        },
      }),
  };
}

interface World {
  now: number;
  work: number[];
  people: number[];
  happened: string[];
}

describe('a move of the clock', () => {
  it('stops where something is due, in order, and ends where it should', async () => {
    const { world, move } = createWorld((minute, { work }) => {
      work.splice(0, work.length, ...work.filter((due) => due > minute));
    });
    world.work = [2.5, 90];
    world.people = [90.5, 2.25, 40];
    expect(await move(120)).toEqual({ renew: 2 });
    expect(world.happened).toEqual(['person 2.25', 'timer 3', 'person 40', 'timer 90', 'person 90.5']);
    expect(world.now).toBe(startMs + 119.5 * minuteMs);
  });

  it('does what becomes due on the way', async () => {
    const { world, move } = createWorld((minute, { work, people }) => {
      work.splice(0, work.length, ...work.filter((due) => due > minute));
      if (minute === 5) {
        work.push(7);
        people.push(6.5);
      }
    });
    world.work = [5];
    await move(10);
    expect(world.happened).toEqual(['timer 5', 'person 6.5', 'timer 7']);
  });

  it('does nothing that is due later, and does it then', async () => {
    const { world, move } = createWorld((_, { work }) => work.splice(0));
    world.work = [5];
    expect(await move(4)).toEqual({});
    expect(await move(6)).toEqual({ renew: 1 });
    expect(world.happened).toEqual(['timer 5']);
  });

  it('runs a timer once a week at least, however short the moves are', async () => {
    const { world, move, timer } = createWorld();
    const days = 24 * 60;
    const timers = [timer, { ...timer, functionName: 'prune' }];
    expect(await move(15 * days, timers)).toEqual({ renew: 2, prune: 2 });
    expect(await move(21 * days, timers)).toEqual({});
    expect(await move(22 * days, timers)).toEqual({ renew: 1, prune: 1 });
    expect(world.happened.filter((_, index) => index % 2 === 0)).toEqual([
      `timer ${7 * days + 1}`,
      `timer ${14 * days + 1}`,
      `timer ${21 * days + 1}`,
    ]);
  });

  it('counts the week anew where the clock was put back in the meantime', async () => {
    const { world, move, timer } = createWorld();
    const days = 24 * 60;
    await move(15 * days, [timer]);
    world.now = startMs;
    world.happened.splice(0);
    expect(await move(8 * days, [timer])).toEqual({ renew: 1 });
  });

  it('tries again ever later what stays due, and does not keep other work from its time', async () => {
    const { world, move } = createWorld((minute, { work }) => {
      work.splice(0, work.length, ...work.filter((due) => due > minute || due === 1));
    });
    world.work = [1, 20];
    await move(64);
    expect(world.happened).toEqual([
      'timer 1',
      'timer 2',
      'timer 4',
      'timer 8',
      'timer 16',
      'timer 20',
      'timer 52',
    ]);
  });

  it('does what was due at once, and first of all', async () => {
    const { world, move } = createWorld((_, { work }) => work.splice(0));
    world.now = startMs + dayMs;
    world.work = [1];
    await move(24 * 60 + 5);
    expect(world.happened).toEqual(['timer 1441']);
  });
});
