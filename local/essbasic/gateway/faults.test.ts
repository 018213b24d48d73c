import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createEmulator } from '../create-emulator.ts';
import { callRaw, control, createCode, requestFor, resultOf } from '../signed-call.test.kit.ts';

const slept: number[] = [];
const emulator = createEmulator({
  seed: 1,
  speed: 0,
  requestsPerSecond: Number.POSITIVE_INFINITY,
  sleep: async (ms) => {
    slept.push(ms);
  },
});
let url = '';

beforeAll(async () => {
  ({ url } = await emulator.listen());
});
beforeEach(() => {
  emulator.reset();
  slept.length = 0;
});
afterAll(() => emulator.close());

const action = 'ChannelCreateMultiFlowSignQRCode';
const seeded = createEmulator().codes.list().length;
const created = () => emulator.codes.list().length - seeded;
const create = () => callRaw(url, action, requestFor(action));
const last = () => emulator.journal.list().at(-1);

describe('a fault', () => {
  it('answers with a code and has no effect', async () => {
    emulator.faults.add({ code: 'InternalError', count: 1 });
    expect(await resultOf(url, action)).toBe('InternalError');
    expect(created()).toBe(0);
    expect(last()).toMatchObject({ result: 'none', fault: { id: 1, effect: 'InternalError was answered' } });
    expect(await resultOf(url, action)).toBe('ok');
  });

  it('answers with a code and has its effect all the same', async () => {
    emulator.faults.add({ code: 'InternalError', afterEffect: true });
    expect(await resultOf(url, action)).toBe('InternalError');
    expect(created()).toBe(1);
    expect(last()).toMatchObject({ result: 'ok' });
  });

  it('answers with a code that no list has, in the words it is given', async () => {
    emulator.faults.add({ code: 'OperationDenied.BrandNew', message: '新错误' });
    expect(JSON.parse((await create()).text).Response.Error).toEqual({
      Code: 'OperationDenied.BrandNew',
      Message: '新错误',
    });
  });

  it.each([
    ['before', 0, 'none'],
    ['after', 1, 'ok'],
  ] as const)('drops the connection %s the effect', async (drop, codes, result) => {
    emulator.faults.add({ drop });
    await expect(create()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(created()).toBe(codes);
    expect(last()).toMatchObject({ result, fault: { effect: 'the connection was dropped' } });
  });

  it('cuts the answer short, after the effect', async () => {
    emulator.faults.add({ malformed: true });
    const { status, text } = await create();
    expect(status).toBe(200);
    expect(text).toMatch(/^\{"Response"/);
    expect(() => JSON.parse(text)).toThrow();
    expect(created()).toBe(1);
  });

  it.each([
    [false, 0],
    [true, 1],
  ])('answers with an HTTP status, with effect: %s', async (afterEffect, codes) => {
    emulator.faults.add({ httpStatus: 502, afterEffect });
    expect(await create()).toMatchObject({ status: 502, contentType: 'text/html' });
    expect(created()).toBe(codes);
  });

  it('makes an answer late, alone or together with something else', async () => {
    emulator.faults.add({ latencyMs: 250, count: 1 });
    emulator.faults.add({ latencyMs: 50, code: 'InternalError', count: 1 });
    expect(await resultOf(url, action)).toBe('ok');
    expect(await resultOf(url, action)).toBe('InternalError');
    expect(slept).toEqual([250, 50]);
    expect(emulator.journal.list()[0]).toMatchObject({
      result: 'ok',
      fault: { effect: 'the answer was late' },
    });
  });

  it('strikes its action alone, so many times, the first that was added first', async () => {
    emulator.faults.add({ action: 'DescribeTemplates', code: 'InternalError.System' });
    emulator.faults.add({ code: 'FailedOperation', count: 2 });
    emulator.faults.add({ code: 'InternalError', count: 1 });
    const results = [];
    for (let index = 0; index < 4; index += 1) results.push(await resultOf(url, action));
    expect(results).toEqual(['FailedOperation', 'FailedOperation', 'InternalError', 'ok']);
    expect(await resultOf(url, 'DescribeTemplates')).toBe('InternalError.System');
    expect(emulator.faults.list()).toMatchObject([{ id: 1, struck: 1 }]);
  });

  it('strikes even what would be refused', async () => {
    emulator.faults.add({ code: 'ServiceUnavailable', count: 1 });
    const { text } = await callRaw(url, 'NoSuchAction', {}, { secretKey: 'wrong' });
    expect(text).toContain('ServiceUnavailable');
  });

  it('does not change the ids of the codes after it', async () => {
    const { QrCode } = await createCode(url);
    emulator.reset();
    emulator.faults.add({ code: 'InternalError', probability: 0.5, count: 1 });
    let result = 'ok';
    while (result === 'ok') result = await resultOf(url, 'DescribeTemplates');
    expect((await createCode(url)).QrCode.QrCodeId).toBe(QrCode.QrCodeId);
  });
});

describe('the route for faults', () => {
  it('adds, lists and removes', async () => {
    const added = await control(url, 'POST', 'faults', { code: 'InternalError', count: 3 });
    expect(added).toEqual({ status: 200, body: { id: 1, struck: 0, code: 'InternalError', count: 3 } });
    await control(url, 'POST', 'faults', { drop: 'after' });
    expect(await control(url, 'DELETE', 'faults?id=1')).toMatchObject({ body: [{ id: 2, drop: 'after' }] });
    expect(await control(url, 'DELETE', 'faults?id=1')).toMatchObject({ status: 404 });
    expect(await control(url, 'DELETE', 'faults')).toEqual({ status: 200, body: [] });
    expect(await control(url, 'GET', 'faults')).toEqual({ status: 200, body: [] });
  });

  it.each([
    [{}, ['has none of code, httpStatus, drop, malformed and latencyMs']],
    [{ code: 'InternalError', drop: 'after' }, ['has more than one of code, httpStatus, drop and malformed']],
    [
      { latencyMs: 1, message: 'x', afterEffect: true },
      ['has a message but no code', 'has afterEffect but neither code nor httpStatus'],
    ],
    [
      { code: 'not a code', probability: 2, count: 0, more: 1 },
      ['has the wrong form', 'must be at most 1', 'must be at least 1', 'is not a known member'],
    ],
  ])('refuses %j with every problem', async (rule, messages) => {
    const { status, body } = await control(url, 'POST', 'faults', rule);
    expect(status).toBe(400);
    const { errors } = body as { errors: { message: string }[] }; // the shape of a problem document
    expect(errors.map(({ message }) => message).sort()).toEqual([...messages].sort());
    expect(emulator.faults.list()).toEqual([]);
  });
});
