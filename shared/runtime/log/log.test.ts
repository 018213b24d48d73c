import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure, UpstreamError } from '../../errors.ts';
import { casesOf } from '../../testing/cases.ts';
import { createLog, type LogFields } from './log.ts';

const nowMs = Date.UTC(2026, 10, 24, 8, 0, 0);

function logTo(lines: string[], fields: LogFields = {}, secrets: readonly string[] = []) {
  return createLog({ write: (line) => lines.push(line), now: () => nowMs, fields, secrets });
}

function logged(write: (log: ReturnType<typeof logTo>) => void): Record<string, unknown> {
  const lines: string[] = [];
  write(logTo(lines, { function: 'f', requestId: 'r' }));
  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toContain('\n');
  return JSON.parse(lines[0] ?? '');
}

describe('a log line', () => {
  it('is one JSON object with time, level, message and fields', () => {
    expect(logged((log) => log.info('done', { status: 200, durationMs: 5, code: undefined }))).toEqual({
      time: '2026-11-24T08:00:00.000Z',
      level: 'info',
      message: 'done',
      function: 'f',
      requestId: 'r',
      status: 200,
      durationMs: 5,
    });
  });

  it('cannot be broken in two or told another time', () => {
    const line = logged((log) =>
      log.warn('a\nb', { x: '\u2028{"level":"error"}\r\n', time: 'never', level: 'info' }),
    );
    expect(line).toMatchObject({ message: 'a\nb' });
    expect(Object.keys(line).slice(0, 3)).toEqual(['time', 'level', 'message']);
  });

  it('replaces members by their names, at any depth', () => {
    const line = logged((log) =>
      log.info('x', { a: { Mobile: 'x', list: [{ secretKey: 5, fine: 1 }] }, headers: {} }),
    );
    expect(line).toMatchObject({
      a: { Mobile: '[redacted]', list: [{ secretKey: '[redacted]', fine: 1 }] },
      headers: '[redacted]',
    });
  });

  it('replaces numbers of people, written as text, as number or as name', () => {
    const text = JSON.stringify(
      logged((log) => log.info('x', { a: 13812345678, b: '13812345678', '13812345678': 1 })),
    );
    expect(text).not.toContain('13812345678');
  });

  it('takes values that JSON has no words for', () => {
    const loop: Record<string, unknown> = {};
    loop['self'] = loop;
    const line = logged((log) =>
      log.info('x', { loop, big: 10n, fn: () => 1, sym: Symbol('s'), nan: Number.NaN, date: new Date(0) }),
    );
    expect(line).toMatchObject({ big: '10', nan: null });
  });

  it('cuts what is too long', () => {
    const line = JSON.stringify(
      logged((log) => log.info('x', { text: 'y'.repeat(1e6), list: Array(1e4).fill('z') })),
    );
    expect(line.length).toBeLessThan(2000);
  });
});

describe('an error in the log', () => {
  it('is told by type, code, place and causes', () => {
    const system = Object.assign(new Error('connect ECONNREFUSED 10.0.0.1:5432'), { code: 'ECONNREFUSED' });
    const failure = new Failure('DatabaseUnavailable', {
      detail: 'No connection to the database',
      cause: system,
    });
    expect(logged((log) => log.error('failed', {}, failure))['error']).toEqual({
      type: 'Failure',
      code: 'DatabaseUnavailable',
      detail: 'No connection to the database',
      stack: expect.arrayContaining([expect.stringMatching(/^at .*log\.test\.ts:\d+:\d+\)?$/)]),
      cause: { type: 'Error', code: 'ECONNREFUSED', stack: expect.any(Array) },
    });
  });

  it('shows no message that is not ours, in no part of it', () => {
    const person = '张三';
    const inner = new SyntaxError(`Unexpected token in "${person}"\n    at ${person} (/x.js:1:1)`);
    const pg = Object.assign(new Error(person, { cause: inner }), {
      code: person,
      detail: `Key (name)=(${person}) exists`,
      name: person,
    });
    const upstream = new UpstreamError(
      'InvalidParameter.Name',
      { status: 400, retryable: false, expose: true },
      {
        detail: `${person} is no name`,
        upstreamRequestId: 's1',
        cause: pg,
      },
    );
    const text = JSON.stringify(logged((log) => log.error('failed', { also: pg }, upstream)));
    expect(text).not.toContain(person);
    expect(text).toContain('InvalidParameter.Name');
  });

  it.each([
    ['a string', 'secret', { type: 'string' }],
    ['nothing', undefined, undefined],
    ['null', null, { type: 'null' }],
    ['a number', 5, { type: 'number' }],
    ['a system error of another realm', { code: 'EPIPE', message: 'x' }, { type: 'object', code: 'EPIPE' }],
    [
      'something that throws when it is looked at',
      Object.defineProperty({}, 'code', {
        get: () => {
          throw new Error('no');
        },
      }),
      { type: 'unreadable' },
    ],
  ])('may be %s', (_name, thrown, record) => {
    expect(logged((log) => log.error('failed', {}, thrown))['error']).toEqual(record);
  });

  it('may be its own cause', () => {
    const error = new Error('x');
    error.cause = error;
    expect(logged((log) => log.error('failed', {}, error))['error']).toMatchObject({ type: 'Error' });
  });
});

describe('the log', () => {
  it('never throws and never shows a planted secret', () => {
    const secret = 'qianmalocalsecretkey000000000000';
    const planted = fc.constantFrom(
      secret,
      `x ${secret}`,
      '13812345678',
      'qm_0123456789ab_AAAABBBBCCCCDDDD',
      '11010519491231002X',
    );
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { depthSize: 'small' },
        planted,
        fc.anything(),
        fc.array(tie('any')),
        fc.dictionary(fc.oneof(fc.string(), planted), tie('any')),
      ),
    })).any;
    const lines: string[] = [];
    const log = logTo(lines, {}, [secret]);
    fc.assert(
      fc.property(value, value, (field, thrown) => {
        lines.length = 0;
        log.error('failed', { field }, thrown);
        expect(lines[0]).not.toMatch(/qianmalocal|13812345678|AAAABBBB|11010519491231002X/);
        JSON.parse(lines[0] ?? '');
      }),
      casesOf(2000),
    );
  });
});
