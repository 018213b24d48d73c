import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { credentialDate } from '../../../shared/tc3/stages.ts';
import { send } from '../../cloud-api/call.test.kit.ts';
import { credentials } from '../../cloud-api/credentials.ts';
import { createEmulator } from '../create-emulator.ts';
import { call, control, createCode, requestFor, resultOf, signedHeaders } from '../signed-call.test.kit.ts';

const lines: string[] = [];
const emulator = createEmulator({ seed: 1, speed: 0, startMs: 0, logger: (line) => lines.push(line) });
let url = '';

beforeAll(async () => {
  ({ url } = await emulator.listen());
});
beforeEach(() => {
  emulator.reset();
  lines.length = 0;
});
afterAll(() => emulator.close());

const action = 'ChannelCreateMultiFlowSignQRCode';
const last = () => emulator.journal.list().at(-1);

describe('the journal', () => {
  it('has every request, with what was answered', async () => {
    const { RequestId } = await createCode(url);
    expect(last()).toEqual({
      number: 1,
      at: '1970-01-01T00:00:00.000Z',
      requestId: RequestId,
      method: 'POST',
      action,
      secretId: credentials[0].secretId,
      bodyBytes: Buffer.byteLength(JSON.stringify(requestFor(action))),
      request: requestFor(action),
      result: 'ok',
    });
    expect(lines).toEqual([`POST ${action} ok [${RequestId}]`]);
  });

  it('says why a request was refused, in a line of the log too', async () => {
    await resultOf(url, action, { FlowName: null, MaxFlowNum: 'x' });
    const reason = 'FlowName is missing; MaxFlowNum must be a number';
    expect(last()).toMatchObject({ result: 'MissingParameter', reason });
    expect(lines[0]).toContain(`MissingParameter: ${reason}`);
  });

  it('explains a signature of a changed body: what was expected, and what was signed', async () => {
    const text = JSON.stringify(requestFor(action));
    const signed = Buffer.from(text);
    const sent = Buffer.from(JSON.stringify(requestFor(action), null, 2));
    const headers = { ...signedHeaders(url, action, signed), 'Content-Length': String(sent.byteLength) };
    await send(url, { headers, body: sent });
    expect(last()).toMatchObject({
      result: 'AuthFailure.SignatureFailure',
      signature: {
        mistake: 'body-reserialised',
        firstDifference: { expected: expect.stringMatching(/^[0-9a-f]{64}$/) },
        stringToSign: expect.stringContaining(`${credentialDate(Date.now() / 1000)}/essbasic/tc3_request`),
      },
    });
    expect(last()?.reason).toContain(String(last()?.signature?.hint));
  });

  it('holds no key, no signature, no token and nobody by name', async () => {
    const person = { Name: '张三', Mobile: '13800000000', IdCardNumber: '11010119900101001X' };
    const patch = { Restrictions: [person], CallbackUrl: 'https://example.com/?token=sesame' };
    await resultOf(url, action, patch);
    const twists = [
      {},
      { secretKey: 'my-real-secret-key' },
      { secretId: 'my-real-secret-key' },
      { headers: { 'X-TC-Token': 'my-token' } },
      { authorization: 'my-real-secret-key' },
      { headers: { 'X-TC-Action': 'my-real-secret-key' } },
    ];
    for (const twist of twists) await call(url, action, requestFor(action, patch), twist);
    const signatures = /[0-9a-f]{64}/g;
    const kept = JSON.stringify(emulator.journal.list()) + lines.join('\n');
    for (const secret of [...Object.values(person), 'sesame', 'my-real-secret-key', 'my-token']) {
      expect(kept).not.toContain(secret);
    }
    for (const { secretKey } of credentials) expect(kept).not.toContain(secretKey);
    // Hashes of requests are the only digests in it, and each stands in a text that is to be signed.
    for (const { signature, ...rest } of emulator.journal.list()) {
      expect(JSON.stringify(rest)).not.toMatch(signatures);
      expect(Object.keys(signature ?? {})).not.toContain('signatureExpected');
    }
  });

  it('is asked by action, result and number, and emptied', async () => {
    await createCode(url);
    await resultOf(url, action, { FlowName: null });
    await resultOf(url, 'DescribeTemplates');
    const found = async (query: string) => {
      const { body } = await control(url, 'GET', `journal${query}`);
      const { total, entries } = body as { total: number; entries: { number: number }[] }; // the route's own shape
      return { total, numbers: entries.map(({ number }) => number) };
    };
    expect(await found('')).toEqual({ total: 3, numbers: [1, 2, 3] });
    expect(await found(`?action=${action}`)).toEqual({ total: 3, numbers: [1, 2] });
    expect(await found('?result=MissingParameter')).toEqual({ total: 3, numbers: [2] });
    expect(await found('?limit=1')).toEqual({ total: 3, numbers: [3] });
    expect(await found('?limit=0')).toEqual({ total: 3, numbers: [] });
    expect(await control(url, 'GET', 'journal?limit=x&more=1')).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'limit' }, { path: 'more' }] },
    });
    await control(url, 'DELETE', 'journal');
    expect(await found('')).toEqual({ total: 0, numbers: [] });
  });
});
