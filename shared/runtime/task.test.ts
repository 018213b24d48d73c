import { describe, expect, it } from 'vitest';
import { Failure, TransportError, UpstreamError } from '../errors.ts';
import { errorCodeFacts } from '../essbasic/error-kinds.ts';
import { untranslated } from '../text.ts';
import type { Platform } from './event.ts';
import { invocation, timerTask } from './task.ts';

const tick = { Type: 'Timer', TriggerName: 'every-minute', Time: '2026-11-24T06:00:00Z', Message: '' };
const context = { request_id: 'r-1', getRemainingTimeInMillis: () => 60_000 };

function world(changes: Partial<Platform> = {}) {
  const lines: string[] = [];
  const surroundings: Partial<Platform> = {
    env: { ESS_APP_ID: 'app' },
    now: () => 1000,
    write: (line) => lines.push(line),
    ...changes,
  };
  const base = { needs: ['ESS_APP_ID'] as const, open: () => ({ opened: true }) };
  return { surroundings, base, logged: () => lines.map((line) => JSON.parse(line)) };
}

describe('a timer task', () => {
  it('is given its tick and its surroundings, and its result is logged', async () => {
    const { surroundings, base, logged } = world();
    let seen: unknown;
    const run = async (call: object) => {
      seen = call;
      return { renewed: 3 };
    };
    const handler = timerTask({ ...base, name: 'renew', run }, surroundings);
    expect(await handler(tick, context)).toEqual({ renewed: 3 });
    expect(seen).toMatchObject({
      config: { ESS_APP_ID: 'app' },
      resources: { opened: true },
      requestId: 'r-1',
      deadlineMs: 1000 + 60_000 - 700,
    });
    expect(logged()).toMatchObject([
      {
        level: 'info',
        message: 'done',
        function: 'renew',
        requestId: 'r-1',
        result: { renewed: 3 },
        durationMs: 0,
      },
    ]);
  });

  it.each([[{ httpMethod: 'POST' }], [{}], [null]])('refuses the event %j', async (event) => {
    const { surroundings, base, logged } = world();
    const handler = timerTask({ ...base, name: 'renew', run: async () => ({}) }, surroundings);
    await expect(handler(event, context)).rejects.toMatchObject({ code: 'InvalidRequest' });
    expect(logged()).toMatchObject([{ level: 'error', code: 'InvalidRequest' }]);
  });
});

describe('an invocation', () => {
  it('gives its result', async () => {
    const { surroundings, base } = world();
    const handler = invocation(
      { ...base, name: 'migrate-database', run: async () => ({ migrated: 5 }) },
      surroundings,
    );
    expect(await handler({ to: 5 }, context)).toEqual({ migrated: 5 });
  });

  it.each([[tick], [{ httpMethod: 'POST' }], ['text']])('refuses the event %j', async (event) => {
    const { surroundings, base } = world();
    const handler = invocation({ ...base, name: 'migrate-database', run: async () => ({}) }, surroundings);
    await expect(handler(event, context)).rejects.toMatchObject({ code: 'InvalidRequest' });
  });
});

describe('a task that fails', () => {
  const upstream = new UpstreamError('OperationDenied.NoQuota', errorCodeFacts('OperationDenied.NoQuota'), {
    detail: '张三',
    upstreamRequestId: 's9',
  });

  it.each<[string, unknown, string]>([
    [
      'with a failure of ours',
      new Failure('StateConflict', { detail: untranslated('locked'), cause: new Error('secret') }),
      'StateConflict: locked (request r-1)',
    ],
    [
      'with one that is not to be shown',
      new Failure('DatabaseUnavailable', { detail: 'db.internal' }),
      'DatabaseUnavailable: The database cannot be reached (request r-1)',
    ],
    [
      'on the way to upstream',
      new TransportError('UpstreamTimeout', 'after-send'),
      'UpstreamTimeout: Upstream did not answer in time (request r-1)',
    ],
    ['at upstream', upstream, 'InternalFailure: upstream refused with OperationDenied.NoQuota (request r-1)'],
    [
      'for an unknown reason',
      new Error('secret'),
      'InternalFailure: Something went wrong inside (request r-1)',
    ],
  ])('%s throws what the platform may print', async (_name, thrown, message) => {
    const { surroundings, base, logged } = world();
    const run = async () => {
      throw thrown;
    };
    const handler = timerTask({ ...base, name: 'renew', run }, surroundings);
    const error: unknown = await handler(tick, context).catch((caught: unknown) => caught);
    if (!(error instanceof Failure)) throw new Error('no failure was thrown');
    expect(error.message).toBe(message);
    expect(error.cause).toBeUndefined();
    expect(`${error.stack}`).not.toContain('db.internal');
    expect(`${error.stack}${JSON.stringify(logged())}`).not.toMatch(/secret|张三/);
    expect(logged()).toHaveLength(1);
  });

  it('by its configuration says which variables', async () => {
    const { surroundings, base } = world({ env: {} });
    const handler = invocation({ ...base, name: 'migrate-database', run: async () => ({}) }, surroundings);
    await expect(handler({}, context)).rejects.toThrow('Misconfigured: ESS_APP_ID is not set (request r-1)');
  });

  it('by its time is cut off as an unknown outcome, or not begun', async () => {
    let fire = () => {};
    let started = () => {};
    const running = new Promise<void>((resolve) => {
      started = resolve;
    });
    const after = (_ms: number, callback: () => void) => {
      fire = callback;
      return () => {};
    };
    const run = () => {
      started();
      return new Promise<never>(() => {});
    };
    const { surroundings, base } = world({ after });
    const handler = timerTask({ ...base, name: 'renew', run }, surroundings);
    const cut = handler(tick, context);
    await running;
    fire();
    await expect(cut).rejects.toMatchObject({ code: 'UnknownOutcome' });
    const late = handler(tick, { getRemainingTimeInMillis: () => 10 });
    await expect(late).rejects.toMatchObject({ code: 'DeadlineExceeded' });
  });
});
