import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../testing/database.ts';
import {
  isAway,
  isUniqueViolation,
  lostConnection,
  mayBeRepeated,
  refusedStatement,
  sqlState,
  unreachable,
} from './database-errors.ts';

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
    await test.db.query(`
      create function tell_all() returns trigger language plpgsql as $$
        begin raise exception '% has %', new.phone, new.age using errcode = coalesce(nullif(new.phone, ''), 'P0001'); end $$;
      create table watched (id uuid, phone text, age int);
      create trigger tell_all before insert on watched for each row execute function tell_all()`);
    const intoWatched = 'insert into watched (id, phone, age) values ($1, $2, $3)';
    const refusals = [
      await refusedBy([other, '', -7777], intoWatched),
      await refusedBy([other, 'ZZ777', -7777], intoWatched),
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
      message: expect.stringContaining('run the migrations'),
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
    ['57P05', 'DatabaseUnavailable', true],
    ['08006', 'DatabaseUnavailable', true],
    ['57P04', 'Misconfigured', true],
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

describe('a refusal that passes', () => {
  const failureOf = (code: string, message: string, phase: 'connecting' | 'connected') =>
    refusedStatement(Object.assign(new Error(message), { severity: 'FATAL', code }), phase)?.failure;

  // What PgBouncer and other poolers say, nearly all of it with the same SQLSTATE.
  it.each([
    ['08P01', 'unsupported startup parameter: options', 'pooler stands before'],
    ['08P01', 'unsupported startup parameter in options: geqo', 'pooler stands before'],
    ['08P01', 'no such user: qm', 'the user or the password'],
    ['08P01', 'no such user', 'the user or the password'],
    ['08P01', 'password authentication failed', 'the user or the password'],
    ['08P01', 'no such database: qm', 'does not exist'],
    ['08P01', 'SSL required', 'demands TLS'],
    ['08P01', 'database "qm" is disabled', 'refuses the connection'],
    [
      '28000',
      'no pg_hba.conf entry for host "10.0.0.1", user "qm", database "qm", no encryption',
      'demands TLS',
    ],
    [
      '28000',
      'no pg_hba.conf entry for host "10.0.0.1", user "qm", database "qm", SSL encryption',
      'the address',
    ],
    ['28P01', 'password authentication failed for user "qm"', 'refuses the user or the password'],
    ['XX000', 'Tenant or user not found', 'refuses the connection'],
    ['55000', 'database "qm" is not currently accepting connections', 'refuses the connection'],
    ['3D000', 'database "qm" does not exist', 'does not exist'],
  ])('is not one for good: %s %s', (code, message, told) => {
    const failure = failureOf(code, message, 'connecting');
    expect(failure).toMatchObject({ code: 'Misconfigured', message: expect.stringContaining(told) });
    expect(isAway(failure)).toBe(false);
  });

  it.each([
    ['08P01', 'no more connections allowed (max_client_conn)'],
    ['08P01', 'client connections exceeded (max_db_client_connections)'],
    ['08P01', 'server login has been failing, try again later (server_login_retry)'],
    ['08P01', 'pgbouncer cannot connect to server'],
    ['08P01', 'client_login_timeout (server down)'],
    ['08P01', 'query_wait_timeout'],
    ['08P01', 'server shutting down'],
    ['08P01', 'database is paused, pause failed'],
    ['XX000', 'Max client connections reached'],
    ['53300', 'sorry, too many clients already'],
    ['57P03', 'the database system is starting up'],
  ])('is worth another try: %s %s', (code, message) => {
    const failure = failureOf(code, message, 'connecting');
    expect(failure?.code).toBe('DatabaseUnavailable');
    expect(isAway(failure)).toBe(true);
    expect(mayBeRepeated(failure)).toBe(true);
  });

  it.each([
    ['08P01', 'server conn crashed?'],
    ['08P01', 'query_timeout'],
    ['08006', 'connection to server was lost'],
    ['08007', 'transaction resolution unknown'],
    ['40003', 'statement completion unknown'],
  ])('is not one after which the effect is unknown: %s %s', (code, message) => {
    const failure = failureOf(code, message, 'connected');
    expect(failure?.message).toContain('may have had its effect or not');
    expect(isAway(failure)).toBe(false);
    expect(mayBeRepeated(failure)).toBe(false);
  });

  it.each([
    ['08P01', 'query_wait_timeout', true],
    ['57P01', 'terminating connection due to administrator command', true],
    ['25006', 'cannot execute INSERT in a read-only transaction', true],
    ['26000', 'prepared statement "a" does not exist', false],
    ['42P05', 'prepared statement "a" already exists', false],
    ['0A000', 'cached plan must not change result type', false],
    ['40001', 'could not serialize access', false],
    ['40P01', 'deadlock detected', false],
  ])('may be repeated: %s %s, elsewhere: %s', (code, message, elsewhere) => {
    const failure = failureOf(code, message, 'connected');
    expect(mayBeRepeated(failure)).toBe(true);
    expect(isAway(failure)).toBe(elsewhere);
  });

  it.each([
    ['0A000', 'cannot use a subquery here'],
    ['57014', 'canceling statement due to statement timeout'],
    ['23505', 'duplicate key value'],
  ])('may not be repeated: %s %s', (code, message) => {
    expect(mayBeRepeated(failureOf(code, message, 'connected'))).toBe(false);
  });
});

describe('trouble on the way', () => {
  it('says whether the statement may have had its effect', () => {
    expect(lostConnection('before-send').message).toContain('nothing of the statement happened');
    expect(lostConnection('after-send').message).toContain('may have had its effect or not');
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
    [
      new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string'),
      'Misconfigured',
      'DATABASE_URL has none',
    ],
    [new Error('SASL: Only mechanism(s) SCRAM-SHA-256 are supported'), 'Misconfigured', 'could not agree'],
    [
      Object.assign(new Error('getaddrinfo ENOTFOUND db'), { code: 'ENOTFOUND' }),
      'Misconfigured',
      'name server',
    ],
    [
      Object.assign(new Error('getaddrinfo EAI_AGAIN db'), { code: 'EAI_AGAIN' }),
      'DatabaseUnavailable',
      'cannot be reached',
    ],
    [
      Object.assign(new Error('wrong version number'), { code: 'ERR_SSL_WRONG_VERSION_NUMBER' }),
      'Misconfigured',
      'does not speak TLS',
    ],
    [undefined, 'DatabaseUnavailable', 'cannot be reached'],
  ])('%s is %s: %s', (cause, code, detail) => {
    expect(unreachable(cause)).toMatchObject({ code, message: expect.stringContaining(detail) });
  });
});
