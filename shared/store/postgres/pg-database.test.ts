import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { backend, failure, proxiedSuite, unavailable } from '../testing/proxied-suite.ts';

const suite = proxiedSuite();

describe('a connection', () => {
  it('is opened when it is first needed, and kept', async () => {
    const db = suite.open();
    expect(suite.proxy.opened()).toBe(0);
    await Promise.all([backend(db), backend(db)]);
    await backend(db);
    expect(suite.proxy.opened()).toBe(1);
  });

  it('is opened again after the server has closed it', async () => {
    const db = suite.open();
    await backend(db);
    await suite.proxy.cut();
    expect(await backend(db)).toEqual([{ one: 1 }]);
    expect(suite.proxy.opened()).toBe(2);
  });

  it('is opened again after close', async () => {
    const db = suite.open();
    await backend(db);
    await db.close();
    await backend(db);
    expect(suite.proxy.opened()).toBe(2);
  });
});

describe('a connection that was idle', () => {
  it('is used without a question within a second', async () => {
    const db = suite.open();
    await backend(db);
    const before = suite.proxy.sentBytes();
    await backend(db);
    const bytesOfOne = suite.proxy.sentBytes() - before;
    suite.clockMs += 1_000;
    await backend(db);
    expect(suite.proxy.sentBytes() - before).toBe(2 * bytesOfOne);
  });

  it('is asked after a second, and kept when it answers', async () => {
    const db = suite.open();
    await backend(db);
    const before = suite.proxy.sentBytes();
    suite.clockMs += 1_001;
    await backend(db);
    expect(suite.proxy.sentBytes() - before).toBeGreaterThan(Buffer.byteLength('select 1select 1 as one'));
    expect(suite.proxy.opened()).toBe(1);
  });

  it('is replaced when it does not answer, and the statement runs once', async () => {
    const db = suite.open({ livenessTimeoutMs: 20 });
    await backend(db);
    suite.proxy.lose('everything');
    suite.clockMs += 5_000;
    const written = db.query('insert into notes values (1)');
    while (suite.proxy.opened() === 1) await new Promise((resolve) => setImmediate(resolve));
    suite.proxy.lose('nothing');
    await written;
    expect((await suite.direct.query('select id from notes')).rows).toEqual([{ id: 1 }]);
  });

  it.each([120_001, -1])('is replaced without a question after %i ms', async (ms) => {
    const db = suite.open();
    await backend(db);
    suite.clockMs += ms;
    await backend(db);
    expect(suite.proxy.opened()).toBe(2);
  });
});

describe('an answer that does not come', () => {
  const deadline = 150;
  /** Waits for what is sent over sockets, while the timers stand. */
  const until = async (isTrue: () => boolean | Promise<boolean>) => {
    while (!(await isTrue())) await new Promise((resolve) => setImmediate(resolve));
  };
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  it('leaves the effect open, and nothing is sent again', async () => {
    const db = suite.open({ deadlineMs: () => suite.clockMs + deadline });
    await backend(db);
    suite.proxy.lose('answers');
    const lost = failure(db.query('insert into notes values (2)'));
    const written = async () => (await suite.direct.query('select id from notes')).rows;
    await until(async () => (await written()).length > 0);
    vi.advanceTimersByTime(deadline);
    expect(await lost).toMatchObject(unavailable('may have had its effect or not'));
    suite.proxy.lose('nothing');
    expect(await backend(db)).toEqual([{ one: 1 }]);
    expect(await written()).toEqual([{ id: 2 }]);
  });

  it('ends a transaction, which the server rolls back', async () => {
    const db = suite.open({ deadlineMs: () => suite.clockMs + deadline });
    const lost = failure(
      db.transaction(async (tx) => {
        await tx.query('insert into notes values (3)');
        suite.proxy.lose('everything');
        const before = suite.proxy.sentBytes();
        const unanswered = tx.query('insert into notes values (4)');
        await until(() => suite.proxy.sentBytes() > before);
        vi.advanceTimersByTime(deadline);
        await unanswered;
      }),
    );
    expect(await lost).toMatchObject({ code: 'DatabaseUnavailable' });
    suite.proxy.lose('nothing');
    expect((await suite.direct.query('select id from notes')).rows).toEqual([]);
  });

  it('does not come either when the connection ends while it is awaited', async () => {
    const db = suite.open();
    await backend(db);
    suite.proxy.lose('answers');
    const before = suite.proxy.sentBytes();
    const running = failure(db.query('update notes set id = 5'));
    while (suite.proxy.sentBytes() === before) await new Promise((resolve) => setImmediate(resolve));
    await suite.proxy.cut();
    expect(await running).toMatchObject(unavailable('may have had its effect or not'));
  });
});

describe('a transaction whose connection is lost', () => {
  it('does not go on on another one', async () => {
    const db = suite.open();
    const lost = await failure(
      db.transaction(async (tx) => {
        await tx.query('insert into notes values (6)');
        await suite.proxy.cut();
        await failure(tx.query('insert into notes values (7)'));
        await tx.query('insert into notes values (8)');
      }),
    );
    expect(lost).toMatchObject({ code: 'DatabaseUnavailable' });
    expect(await backend(db)).toEqual([{ one: 1 }]);
    expect((await suite.direct.query('select id from notes')).rows).toEqual([]);
  });
});

describe('the deadline of an event', () => {
  it('stops a statement before it is sent', async () => {
    let deadlineMs = suite.clockMs + 60_000;
    const db = suite.open({ deadlineMs: () => deadlineMs });
    await backend(db);
    const before = suite.proxy.sentBytes();
    deadlineMs = suite.clockMs;
    await expect(db.query('insert into notes values (9)')).rejects.toMatchObject({
      code: 'DeadlineExceeded',
    });
    expect(suite.proxy.sentBytes()).toBe(before);
  });

  it('stops the opening of a connection', async () => {
    suite.proxy.lose('answers');
    const late = suite.open({ deadlineMs: () => suite.clockMs });
    await expect(late.query('select 1')).rejects.toMatchObject({ code: 'DeadlineExceeded' });
    expect(suite.proxy.opened()).toBe(0);
    const short = suite.open({ deadlineMs: () => suite.clockMs + 50 });
    expect(await failure(short.query('select 1'))).toMatchObject(unavailable('nothing was done'));
  });
});
