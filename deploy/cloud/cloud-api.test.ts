import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { TransportError, UpstreamError } from '../../shared/errors.ts';
import { verify } from '../../shared/tc3/verify.ts';
import { createTestClock } from '../testing/project.ts';
import { type CloudApi, createCloudApi } from './cloud-api.ts';
import { meaningOf } from './error-meaning.ts';
import { createPatientApi } from './patient-api.ts';

const credentials = { secretId: 'AKIDofNobody', secretKey: 'key-of-nobody', token: 'token' };

interface Received {
  headers: IncomingHttpHeaders;
  body: Buffer;
}

let server: Server | undefined;
afterEach(() => server?.close());

/** A server that answers as the test says, and keeps what it got. Null: it hangs up. */
async function serve(answer: string | null): Promise<{ endpoint: string; received: Received[] }> {
  const received: Received[] = [];
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    received.push({ headers: request.headers, body: Buffer.concat(chunks) });
    if (answer === null) request.socket.destroy();
    else response.end(answer);
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on TCP
  return { endpoint: `http://127.0.0.1:${port}`, received };
}

const apiOf = (endpoint: string, clock = createTestClock()): CloudApi =>
  createCloudApi({ endpoint, region: 'ap-guangzhou', credentials, clock });

const failing = (...errors: unknown[]): { api: CloudApi; calls: () => number } => {
  let calls = 0;
  const api: CloudApi = async () => {
    const error = errors[calls];
    calls += 1;
    if (error !== undefined) throw error;
    return {};
  };
  return { api, calls: () => calls };
};
const refusal = (code: string) =>
  new UpstreamError(
    code,
    { status: 400, retryable: false, expose: true },
    {
      detail: '',
      upstreamRequestId: '',
    },
  );
const lost = new TransportError('UnknownOutcome', 'after-send');
const unsent = new TransportError('UpstreamUnreachable', 'before-send');

describe('a call', () => {
  it('is signed, names its action, and gives back what was answered', async () => {
    const { endpoint, received } = await serve('{"Response":{"Status":"Active","RequestId":"r"}}');
    expect(await apiOf(endpoint)('GetFunction', { FunctionName: '函数' })).toEqual({
      Status: 'Active',
      RequestId: 'r',
    });
    const [request] = received;
    if (request === undefined) throw new Error('nothing came');
    const verified = verify(
      { method: 'POST', headers: request.headers, body: request.body },
      { secretKeyOf: () => credentials.secretKey, nowS: 0 },
    );
    expect(verified).toMatchObject({ ok: true, service: 'scf', secretId: credentials.secretId });
    expect(request.headers).toMatchObject({
      'x-tc-action': 'GetFunction',
      'x-tc-version': '2018-04-16',
      'x-tc-region': 'ap-guangzhou',
      'x-tc-token': 'token',
    });
    expect(JSON.parse(request.body.toString())).toEqual({ FunctionName: '函数' });
  });

  it('that is refused throws the code of the API', async () => {
    const { endpoint } = await serve(
      '{"Response":{"Error":{"Code":"ResourceNotFound.Function","Message":"no"},"RequestId":"r-9"}}',
    );
    await expect(apiOf(endpoint)('GetFunction', {})).rejects.toMatchObject({
      code: 'ResourceNotFound.Function',
      detail: 'no',
      upstreamRequestId: 'r-9',
    });
  });

  it.each([
    ['that nobody answers', null],
    ['that something else answers', '<html>'],
    ['whose answer has no envelope', '{}'],
  ])('%s may have been carried out', async (_, answer) => {
    const { endpoint } = await serve(answer);
    await expect(apiOf(endpoint)('CreateFunction', {})).rejects.toMatchObject({ stage: 'after-send' });
  });

  it('that nobody takes was not sent, and says where it could not go', async () => {
    const { endpoint } = await serve('');
    await new Promise((resolve) => server?.close(resolve));
    await expect(apiOf(endpoint)('CreateFunction', {})).rejects.toMatchObject({
      stage: 'before-send',
      detail: { en: `${new URL(endpoint).host} cannot be reached (ECONNREFUSED)` },
    });
  });

  it('waits for its turn: never more than the limit of one action', async () => {
    const { endpoint } = await serve('{"Response":{}}');
    const clock = createTestClock();
    const api = apiOf(endpoint, clock);
    for (let call = 0; call < 41; call += 1) await api('GetFunction', {});
    expect(clock.nowMs()).toBeGreaterThanOrEqual(2000);
    const before = clock.nowMs();
    await api('ListTriggers', {});
    expect(clock.nowMs()).toBe(before);
  });

  it.each([
    'http://scf.tencentcloudapi.com',
    'ftp://127.0.0.1',
    'scf.tencentcloudapi.com',
    'http://127.evil.example',
  ])('is not sent in clear, or nowhere: %s', (endpoint) => {
    expect(() => apiOf(endpoint)).toThrow('must begin with https://');
  });
});

describe('patience', () => {
  it.each([
    ['a function that is busy', 'UpdateFunctionCode', refusal('FailedOperation.UpdateFunctionCode')],
    ['too many requests', 'CreateFunction', refusal('RequestLimitExceeded')],
    ['a read whose answer was lost', 'GetFunction', lost],
    ['a read that failed inside', 'ListTriggers', refusal('InternalError')],
    ['a write that was not sent', 'CreateFunction', unsent],
  ])('is had with %s', async (_, action, error) => {
    const { api, calls } = failing(error, error);
    await createPatientApi(api, createTestClock())(action, {});
    expect(calls()).toBe(3);
  });

  it.each([
    ['a write whose answer was lost', 'CreateFunction', lost],
    ['a write that failed inside', 'CreateFunction', refusal('InternalError')],
    ['a refusal', 'GetFunction', refusal('AuthFailure.SignatureFailure')],
    ['what is there already', 'CreateFunction', refusal('ResourceInUse.Function')],
  ])('is not had with %s', async (_, action, error) => {
    const { api, calls } = failing(error);
    await expect(createPatientApi(api, createTestClock())(action, {})).rejects.toBe(error);
    expect(calls()).toBe(1);
  });

  it.each([
    ['that nobody takes', 'DeleteFunction', unsent],
    ['whose answers are lost', 'GetFunction', lost],
  ])('ends after five calls %s', async (_, action, error) => {
    const { api, calls } = failing(...Array(9).fill(error));
    await expect(createPatientApi(api, createTestClock())(action, {})).rejects.toBe(error);
    expect(calls()).toBe(5);
  });

  it('ends', async () => {
    const clock = createTestClock();
    const busy: CloudApi = async () => {
      throw refusal('FailedOperation.FunctionStatusError');
    };
    await expect(createPatientApi(busy, clock)('DeleteFunction', {})).rejects.toMatchObject({
      code: 'FailedOperation.FunctionStatusError',
    });
    expect(clock.nowMs()).toBe(300_000);
  });
});

describe('the meaning of a failure', () => {
  it.each([
    ['CreateFunction', refusal('ResourceInUse.Function'), 'fulfilled'],
    ['DeleteTrigger', refusal('ResourceNotFound.Trigger'), 'fulfilled'],
    ['UpdateTrigger', refusal('ResourceNotFound.Trigger'), 'refused'],
    ['UpdateAlias', refusal('ResourceInUse'), 'busy'],
    ['PublishVersion', lost, 'unknown'],
    ['PublishVersion', unsent, 'unreachable'],
    ['PublishVersion', new TypeError('ours'), 'refused'],
  ])('of %s is told by its code', (action, error, meaning) => {
    expect(meaningOf(action, error)).toBe(meaning);
  });
});
