import { describe, expect, it } from 'vitest';
import { Failure } from '../errors.ts';
import type { Event, Platform } from './event.ts';
import { createInstance } from './instance.ts';

/** Platform whose clock the test moves, with what was written. */
function still() {
  const lines: string[] = [];
  const timers = new Set<{ atMs: number; callback: () => void }>();
  let nowMs = Date.UTC(2026, 10, 24, 6);
  const surroundings: Platform = {
    env: { ESS_APP_ID: 'app', ESS_SECRET_KEY: 'qianmalocalsecretkey' },
    now: () => nowMs,
    newRequestId: () => 'made',
    write: (line) => lines.push(line),
    after: (ms, callback) => {
      const timer = { atMs: nowMs + ms, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
  };
  const advance = (ms: number) => {
    nowMs += ms;
    for (const timer of timers) if (timer.atMs <= nowMs) timer.callback();
  };
  return { surroundings, advance, lines, timers };
}

const context = { request_id: 'from-scf', getRemainingTimeInMillis: () => 10_000 };
const forever = () => new Promise<never>(() => {});

function begin(): ReturnType<typeof still> & { run: Event } {
  const world = still();
  const instance = createInstance({ name: 'f', needs: [], open: () => ({}) }, world.surroundings);
  return { ...world, run: instance.begin(context, []) };
}

describe('an instance', () => {
  it('opens its resources when they are first needed, and once', async () => {
    let opened = 0;
    const { surroundings } = still();
    const instance = createInstance(
      {
        name: 'f',
        needs: ['ESS_APP_ID'],
        open: async (config) => ({ app: config.ESS_APP_ID, number: ++opened }),
      },
      surroundings,
    );
    expect(opened).toBe(0);
    const [first, second] = await Promise.all([instance.resources(), instance.resources()]);
    expect(first).toEqual({ app: 'app', number: 1 });
    expect([second, await instance.resources()]).toEqual([first, first]);
  });

  it('lets the event loop turn once for each event, for all that ask', async () => {
    const world = still();
    const instance = createInstance({ name: 'f', needs: [], open: (_, time) => time }, world.surroundings);
    const time = await instance.resources();
    instance.begin(context, []);
    let polled = false;
    setImmediate(() =>
      setImmediate(() => {
        polled = true;
      }),
    );
    const first = time.thawed();
    expect(time.thawed()).toBe(first);
    await first;
    expect(polled).toBe(true);
    instance.begin(context, []);
    expect(time.thawed()).not.toBe(first);
  });

  it('tells what it has opened of the time of the event at hand, whichever that is', async () => {
    const world = still();
    const instance = createInstance({ name: 'f', needs: [], open: (_, time) => time }, world.surroundings);
    const time = await instance.resources();
    expect(time.deadlineMs()).toBe(Number.POSITIVE_INFINITY);
    const first = instance.begin({ time_limit_in_ms: 3_000 }, []);
    expect(time.deadlineMs()).toBe(first.deadlineMs);
    expect(time.nowMs()).toBe(first.now());
    const second = instance.begin({ time_limit_in_ms: 9_000 }, []);
    expect(second.deadlineMs).not.toBe(first.deadlineMs);
    expect(time.deadlineMs()).toBe(second.deadlineMs);
  });

  it('tries again after it could not open them', async () => {
    let opened = 0;
    const open = async () => {
      opened += 1;
      if (opened === 1) throw new Failure('DatabaseUnavailable');
      return { opened };
    };
    const instance = createInstance({ name: 'f', needs: [], open }, still().surroundings);
    await expect(instance.resources()).rejects.toThrow('DatabaseUnavailable');
    expect(await instance.resources()).toEqual({ opened: 2 });
  });

  it('reads its configuration at first use', () => {
    const instance = createInstance(
      { name: 'f', needs: ['DATABASE_URL'], open: () => ({}) },
      still().surroundings,
    );
    expect(() => instance.config()).toThrow('DATABASE_URL is not set');
  });
});

describe('the work on an event', () => {
  it('has a request id from the event, else from the context, else a new one', () => {
    const instance = createInstance({ name: 'f', needs: [], open: () => ({}) }, still().surroundings);
    expect(instance.begin(context, [undefined, 'from-event']).requestId).toBe('from-event');
    expect(instance.begin(context, ['bad id']).requestId).toBe('from-scf');
    expect(instance.begin({}, []).requestId).toBe('made');
  });

  it('has a deadline before the platform ends the function', () => {
    const { run, surroundings } = begin();
    expect(run.deadlineMs).toBe(surroundings.now() + 10_000 - 700);
  });

  it('that ends in time gives its result, and leaves no timer behind', async () => {
    const { run, timers } = begin();
    expect(await run.withinTime(async () => 'result')).toBe('result');
    await expect(
      run.withinTime(async () => {
        throw new Failure('NotFound');
      }),
    ).rejects.toThrow('NotFound');
    expect(timers.size).toBe(0);
  });

  it('that hangs before it could do anything is cut off as not done', async () => {
    const { run, advance } = begin();
    const work = run.withinTime(forever);
    advance(9600);
    await expect(work).rejects.toMatchObject({ code: 'DeadlineExceeded' });
  });

  it('that hangs while it reads only is cut off as not done', async () => {
    const { run, advance } = begin();
    run.beginWork({ readOnly: true });
    const work = run.withinTime(forever);
    advance(9600);
    await expect(work).rejects.toMatchObject({ code: 'DeadlineExceeded' });
  });

  it('that hangs while it may do something is cut off as unknown', async () => {
    const { run, advance, timers } = begin();
    run.beginWork({ readOnly: false });
    const work = run.withinTime(forever);
    advance(9599);
    expect(timers.size).toBe(1);
    advance(1);
    await expect(work).rejects.toMatchObject({
      code: 'UnknownOutcome',
      detail: expect.objectContaining({ en: expect.stringContaining('look') }),
    });
  });

  it('is not begun when the time is up', () => {
    const { run, advance } = begin();
    advance(9299);
    expect(() => run.beginWork({ readOnly: false })).not.toThrow();
    advance(1);
    expect(() => run.beginWork({ readOnly: false })).toThrow('DeadlineExceeded');
  });

  it('writes one line with its duration and what was found on the way', () => {
    const { run, advance, lines } = begin();
    run.facts.upstreamRequestId = 's42';
    advance(25);
    run.finish('info', { status: 200, note: 'a qianmalocalsecretkey b' });
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      {
        time: '2026-11-24T06:00:00.025Z',
        level: 'info',
        message: 'done',
        function: 'f',
        cold: true,
        requestId: 'from-scf',
        status: 200,
        note: 'a [redacted] b',
        upstreamRequestId: 's42',
        durationMs: 25,
      },
    ]);
  });
});

describe('the production surroundings', () => {
  it('have a timer that fires, and ids that are new', async () => {
    const instance = createInstance({ name: 'f', needs: [], open: () => ({}) });
    const run = instance.begin({ getRemainingTimeInMillis: () => 0 }, []);
    await expect(run.withinTime(forever)).rejects.toThrow('DeadlineExceeded');
    expect(run.requestId).toMatch(/^[\da-f-]{36}$/);
  });
});
