import { afterEach, describe, expect, it } from 'vitest';
import { credentials } from '../../../cloud-api/credentials.ts';
import { emptyZip } from '../good-requests.ts';
import { type StartedManagement, startManagement, type Twist } from '../management.test.kit.ts';

let started: StartedManagement;
const start = async (...options: Parameters<typeof startManagement>) => {
  started = await startManagement(...options);
  return started;
};
afterEach(async () => {
  await started.management.close();
  expect(started.lines.filter((line) => line.startsWith('defect'))).toEqual([]);
});

const created = { FunctionName: 'fine', Runtime: 'Nodejs20.19', Code: { ZipFile: emptyZip } };

describe('a call', () => {
  it.each<[string, Twist, string]>([
    ['of another key', { secretKey: 'another' }, 'AuthFailure.SignatureFailure'],
    ['of nobody', { secretId: 'AKIDnobody' }, 'AuthFailure.SecretIdNotFound'],
    ['signed for another service', { service: 'essbasic' }, 'AuthFailure.SignatureFailure'],
    ['from another time', { headers: { 'X-TC-Timestamp': '1700000000' } }, 'AuthFailure.SignatureExpire'],
    ['without Authorization', { headers: { Authorization: '' } }, 'AuthFailure.InvalidAuthorization'],
    ['with a token that is not of the key', { headers: { 'X-TC-Token': 'x' } }, 'AuthFailure.TokenFailure'],
    ['without an action', { headers: { 'X-TC-Action': '' } }, 'MissingParameter'],
    ['without a version', { headers: { 'X-TC-Version': '' } }, 'MissingParameter'],
    ['without a region', { headers: { 'X-TC-Region': '' } }, 'MissingParameter'],
    ['of another version', { headers: { 'X-TC-Version': '2021-05-26' } }, 'NoSuchVersion'],
    ['to another region', { headers: { 'X-TC-Region': 'ap-shanghai' } }, 'UnsupportedRegion'],
    ['of an action that is not emulated', { headers: { 'X-TC-Action': 'ListLayers' } }, 'InvalidAction'],
    ['of no action at all', { headers: { 'X-TC-Action': 'Surprise' } }, 'InvalidAction'],
    ['by PUT', { method: 'PUT' }, 'UnsupportedProtocol'],
    ['of another content', { headers: { 'Content-Type': 'text/plain' } }, 'InvalidParameter'],
    ['whose body is no JSON', { text: '{' }, 'InvalidParameter'],
    ['whose body is no object', { text: '[]' }, 'InvalidParameter'],
  ])('%s is refused, with status 200', async (_what, twist, code) => {
    await start();
    const { status, contentType, text } = await started.raw('ListFunctions', {}, twist);
    expect({ status, contentType }).toEqual({ status: 200, contentType: 'application/json' });
    expect(JSON.parse(text)).toEqual({
      Response: { Error: { Code: code, Message: expect.any(String) }, RequestId: expect.any(String) },
    });
  });

  it('of a temporary key comes with its token', async () => {
    await start();
    const [, temporary] = credentials;
    const { secretId, secretKey, token = '' } = temporary;
    const twist = { secretId, secretKey };
    expect(await started.resultOf('ListFunctions', {}, { ...twist, headers: { 'X-TC-Token': token } })).toBe(
      'ok',
    );
    expect(await started.resultOf('ListFunctions', {}, twist)).toBe('AuthFailure.TokenFailure');
  });

  it('to another path finds nothing', async () => {
    await start();
    expect((await fetch(`${started.url}/elsewhere`)).status).toBe(404);
  });
});

describe('the rate limit', () => {
  it('is 20 in a second, for each action on its own', async () => {
    let nowMs = Date.now();
    await start({ requestsPerSecond: 20, realNowMs: () => nowMs });
    for (let number = 0; number < 20; number += 1) expect(await started.resultOf('ListFunctions')).toBe('ok');
    expect(await started.resultOf('ListFunctions')).toBe('RequestLimitExceeded');
    expect(await started.resultOf('ListCustomDomains')).toBe('ok');
    nowMs += 999;
    expect(await started.resultOf('ListFunctions')).toBe('RequestLimitExceeded');
    nowMs += 1;
    expect(await started.resultOf('ListFunctions')).toBe('ok');
  });
});

describe('a fault', () => {
  it('answers an error code in place of the effect, so many times', async () => {
    await start();
    const { faults } = started.management;
    faults.add({ action: 'CreateFunction', code: 'FailedOperation.FunctionStatusError', count: 2 });
    expect(await started.resultOf('CreateFunction', created)).toBe('FailedOperation.FunctionStatusError');
    expect(await started.resultOf('ListFunctions')).toBe('ok');
    expect(await started.resultOf('CreateFunction', created)).toBe('FailedOperation.FunctionStatusError');
    expect(await started.resultOf('CreateFunction', created)).toBe('ok');
  });

  it.each([
    ['before', 0],
    ['after', 1],
  ] as const)('breaks the connection %s the effect', async (drop, functions) => {
    await start();
    started.management.faults.add({ action: 'CreateFunction', drop, count: 1 });
    await expect(started.call('CreateFunction', created)).rejects.toThrow();
    expect(started.management.state().functions).toHaveLength(functions);
  });

  it('breaks the gateway', async () => {
    await start();
    started.management.faults.add({ httpStatus: 502, count: 1 });
    expect((await started.raw('ListFunctions', {})).status).toBe(502);
    expect(await started.resultOf('ListFunctions')).toBe('ok');
  });

  it('cuts an answer short', async () => {
    await start();
    started.management.faults.add({ malformed: true, count: 1 });
    const { text } = await started.raw('ListFunctions', {});
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
  });
});

describe('the journal', () => {
  it('keeps what was asked and answered, without values, events and code', async () => {
    await start();
    const Environment = { Variables: [{ Key: 'ESS_SECRET_KEY', Value: 'made-up-secret' }] };
    await started.done('CreateFunction', { ...created, Environment });
    await started.call('Invoke', { FunctionName: 'nothing', ClientContext: '{"phone":"made-up"}' });
    const [first, second] = started.management.journal.list();
    expect(first).toMatchObject({
      action: 'CreateFunction',
      result: 'ok',
      secretId: credentials[0].secretId,
      request: {
        FunctionName: 'fine',
        Environment: { Variables: [{ Key: 'ESS_SECRET_KEY', Value: '(14 bytes)' }] },
        Code: { ZipFile: '(32 bytes)' },
      },
    });
    expect(second).toMatchObject({ action: 'Invoke', result: 'ResourceNotFound.Function' });
    const kept = JSON.stringify([
      started.management.journal.list(),
      started.management.state(),
      started.lines,
    ]);
    expect(kept).not.toContain('made-up');
    expect(kept).not.toContain(credentials[0].secretKey);
  });

  it('explains a wrong signature', async () => {
    await start();
    await started.call('ListFunctions', {}, { secretKey: 'another' });
    const [entry] = started.management.journal.list();
    expect(entry?.signature?.canonicalRequest).toContain('POST');
  });
});

describe('a request that is too large', () => {
  it('is refused by its size, once it is more than a zip of 50 MB can be', async () => {
    await start();
    const text = JSON.stringify({ Surprise: 'x'.repeat(80 * 2 ** 20) });
    expect(await started.resultOf('ListFunctions', {}, { text })).toBe('RequestSizeLimitExceeded');
  });

  it.each([
    ['CreateFunction', 50],
    ['UpdateFunctionCode', 20],
  ])('is refused by %s where its zip has more than %d MB', async (action, megabytes) => {
    await start();
    await started.done('CreateFunction', created);
    const zip = Buffer.concat([Buffer.alloc(megabytes * 2 ** 20 - 21), Buffer.from(emptyZip, 'base64')]);
    const asked = {
      ...created,
      FunctionName: action === 'CreateFunction' ? 'big' : 'fine',
      Runtime: undefined,
    };
    const request = {
      ...asked,
      ...(action === 'CreateFunction' && { Runtime: 'Nodejs20.19' }),
      Code: { ZipFile: zip.toString('base64') },
    };
    expect(await started.resultOf(action, request)).toBe('InvalidParameterValue.Code');
    const fits = { ...request, Code: { ZipFile: zip.subarray(1).toString('base64') } };
    expect(await started.resultOf(action, fits)).toBe('ok');
  });
});
