/** What the emulator knows of a crowd, and what people see of it who ask the built functions. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Platform, startPlatform } from '../local/testing/platform.ts';

const Agent = {
  ProxyOrganizationOpenId: 'proxy-org-openid',
  ProxyOperator: { OpenId: 'proxy-operator-openid' },
};
const owner = { AppId: 'yDRscUUgyg1zr7wnUyJ8QMwwnHc4OOcQ', ProxyOrganizationOpenId: 'proxy-org-openid' };
const startQuota = 100_000;

let platform: Platform;

beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform.close());

/** Of a name that no other code has. */
async function makeCode(name: string) {
  const request = { Agent, TemplateId: 'yDRvzUUgygqj42ouUuO4zjEueBrK5MeV', FlowName: name, MaxFlowNum: 100 };
  const { status, body } = await platform.call('ChannelCreateMultiFlowSignQRCode', request);
  expect(status).toBe(200);
  const { QrCodeId } = body['QrCode'] as { QrCodeId: string }; // upstream's own member
  return { CodeId: String(body['CodeId']), QrCodeId };
}

async function seen(CodeId: string): Promise<unknown> {
  const { body } = await platform.call('DescribeMultiFlowSignQRCodes', { CodeId });
  return (body['Codes'] as unknown[])[0]; // one code by its id
}

describe.each(['flat', 'nested', 'minimal'] as const)('with messages of the %s shape', (shape) => {
  it('contracts are counted and followed, whatever happens to the messages', async () => {
    const { emulator } = platform;
    emulator.callbacks.configure({
      shape,
      misbehaviour: {
        ...{ duplicates: 0.2, reorder: 0.3, lostAnswers: 0.1, unknownTypes: 0.05, form: 'either' },
        ...{ wrongKey: 0.05, wrongSignature: 0.05, noSignature: 0.05, reencodedBody: 0.05, plainText: 0.05 },
      },
    });
    const { CodeId, QrCodeId } = await makeCode(`crowd ${shape}`);
    emulator.crowd(QrCodeId, {
      ...{ people: 30, duplicates: 0.1, seed: 7 },
      signing: { sign: 0.6, reject: 0.2, cancel: 0.1, withinS: 60 },
    });
    const spoiledBefore = emulator.callbacks.counts().spoiledTaken;
    // Longer than all the retries of a message take together.
    await emulator.callbacks.settle({ untilMs: emulator.clock.nowMs() + 2 * 86_400_000 });
    const truth = emulator.truth().codes.find((code) => code.QrCodeId === QrCodeId);
    expect(truth?.started).toBeGreaterThanOrEqual(30);
    expect(await seen(CodeId)).toMatchObject({
      Used: truth?.started,
      // At the code's own address a contract is certain, even if no message names the code and the contract together.
      Contracts: { Certain: { ALL: truth?.completed, ...truth?.ended, INIT: truth?.open }, Inferred: {} },
    });
    expect(emulator.callbacks.counts()).toMatchObject({
      waiting: 0,
      givenUp: 0,
      spoiledTaken: spoiledBefore,
    });
  });

  it('a lack of quota is noticed, and its end', async () => {
    const { emulator } = platform;
    emulator.callbacks.configure({ shape, misbehaviour: {} });
    emulator.clock.set(Date.now());
    const { CodeId, QrCodeId } = await makeCode(`quota ${shape}`);
    emulator.organisations.setQuota(owner, 0);
    emulator.scan(QrCodeId, { count: 3 });
    await emulator.callbacks.deliverDue();
    expect(await seen(CodeId)).toMatchObject({ State: 'QuotaBlocked', Used: 0 });
    emulator.organisations.setQuota(owner, startQuota);
    // A time in whole seconds: only a message of the next second is later than the failure.
    const scanAgain = async () => {
      emulator.scan(QrCodeId);
      await emulator.callbacks.deliverDue();
      return await seen(CodeId);
    };
    if (shape === 'minimal') {
      // Without a time of its own it may be older than the failure: it proves nothing before ten minutes are over.
      expect(await scanAgain()).toMatchObject({ State: 'QuotaBlocked', Used: 1 });
      emulator.callbacks.configure({ shape: 'flat' });
    }
    await expect.poll(scanAgain, { timeout: 30_000 }).toMatchObject({ State: 'Active' });
  });
});
