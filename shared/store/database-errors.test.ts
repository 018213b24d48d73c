import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  isUniqueViolation,
  lostConnection,
  refusedStatement,
  sqlState,
  unreachable,
} from './database-errors.ts';
import { type TestDatabase, testDatabase } from './testing/database.ts';

let test: TestDatabase;

beforeAll(async () => {
  test = await testDatabase({ migrated: false });
  await test.db.query(`create table people (
    id uuid primary key, phone text constraint people_phone unique, age int constraint people_age check (age > 0))`);
});

afterAll(() => test.dispose());

const id = '00000000-0000-4000-8000-000000000001';
const other = '00000000-0000-4000-8000-000000000002';
const phone = '13800138000';
const insert = 'insert into people (id, phone, age) values ($1, $2, $3)';

async function refusedBy(params: unknown[], text = insert): Promise<unknown> {
  return test.db.query(text, params).then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('a statement that the server refuses', () => {
  it('is recognised as a violation of a unique constraint by name', async () => {
    await test.db.query(insert, [id, phone, 1]);
    const byPhone = await refusedBy([other, phone, 1]);
    expect(sqlState(byPhone)).toBe('23505');
    expect(isUniqueViolation(byPhone)).toBe(true);
    expect(isUniqueViolation(byPhone, 'people_phone')).toBe(true);
    expect(isUniqueViolation(byPhone, 'people_pkey')).toBe(false);
    expect(isUniqueViolation(await refusedBy([id, '1', 1]), 'people_pkey')).toBe(true);
  });

  it('is not taken for one when another rule is broken, or when it is no database error', async () => {
    const byAge = await refusedBy([other, '2', 0]);
    expect(sqlState(byAge)).toBe('23514');
    expect(isUniqueViolation(byAge)).toBe(false);
    expect(isUniqueViolation(new Error('23505'))).toBe(false);
    expect(isUniqueViolation(Object.assign(new Error('x'), { code: '23505' }))).toBe(false);
    expect(sqlState(undefined)).toBeUndefined();
  });

  it('never repeats the values of the statement', async () => {
    const refusals = [
      await refusedBy([other, phone, 1]),
      await refusedBy([phone, 'x', 1]),
      await refusedBy([other, phone, -7777]),
      await refusedBy([phone], 'select $1::int8::int4 / 0, $1::text::date'),
    ];
    for (const refusal of refusals) {
      expect(refusal).toMatchObject({ code: 'InternalFailure' });
      expect(inspect(refusal, { depth: 10, showHidden: true })).not.toMatch(/13800138000|7777/);
    }
  });

  it('asks for the migrations when a table is missing', async () => {
    expect(await refusedBy([], 'select 1 from missing_table')).toMatchObject({
      code: 'Misconfigured',
      detail: expect.stringContaining('run the migrations'),
    });
  });
});

describe('what a refusal means', () => {
  it.each([
    ['55P03', 'DatabaseUnavailable', false],
    ['57014', 'DatabaseUnavailable', false],
    ['53300', 'DatabaseUnavailable', false],
    ['57P01', 'DatabaseUnavailable', true],
    ['25006', 'DatabaseUnavailable', true],
    ['08006', 'DatabaseUnavailable', true],
    ['28P01', 'Misconfigured', true],
    ['3D000', 'Misconfigured', true],
    ['42501', 'Misconfigured', false],
    ['42601', 'InternalFailure', false],
    ['23503', 'InternalFailure', false],
  ])('%s is %s, and the session is over: %s', (code, failure, endsSession) => {
    const refusal = refusedStatement(Object.assign(new Error('refused'), { severity: 'ERROR', code }));
    expect(refusal?.failure.code).toBe(failure);
    expect(refusal?.endsSession).toBe(endsSession);
    expect(refusal?.failure.retryAfterS).toBe(failure === 'DatabaseUnavailable' ? 2 : undefined);
  });

  it.each(['ECONNRESET', 'EPIPE', '', undefined])('%s is no refusal', (code) => {
    expect(refusedStatement(Object.assign(new Error('reset'), { code }))).toBeUndefined();
  });
});

describe('trouble on the way', () => {
  it('says whether the statement may have had its effect', () => {
    expect(lostConnection('before-send').detail).toContain('nothing of the statement happened');
    expect(lostConnection('after-send').detail).toContain('may have had its effect or not');
  });

  it.each([
    [new Error('The server does not support SSL connections'), 'Misconfigured', 'sslmode=disable'],
    [
      Object.assign(new Error('self-signed'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }),
      'Misconfigured',
      'sslrootcert',
    ],
    [
      Object.assign(new Error('altnames'), { code: 'ERR_TLS_CERT_ALTNAME_INVALID' }),
      'Misconfigured',
      'sslrootcert',
    ],
    [
      Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }),
      'DatabaseUnavailable',
      'cannot be reached',
    ],
    [undefined, 'DatabaseUnavailable', 'cannot be reached'],
  ])('%s is %s: %s', (cause, code, detail) => {
    expect(unreachable(cause)).toMatchObject({ code, detail: expect.stringContaining(detail) });
  });
});
