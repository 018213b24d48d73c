/**
 * What the emulator knows of a crowd, and what people see of it who ask the built functions. A tenth of the cases: one
 * of the shapes, and a queue of twenty people.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shippedShapeNames } from '../local/essbasic/callbacks/message-shape.ts';
import { type Platform, startPlatform } from '../local/start/testing/platform.ts';
import { seed, shareOf, someOf } from '../shared/testing/cases.ts';

const Agent = {
  ProxyOrganizationOpenId: 'proxy-org-openid',
  ProxyOperator: { OpenId: 'proxy-operator-openid' },
};
const owner = { AppId: 'yDRscUUgyg1zr7wnUyJ8QMwwnHc4OOcQ', ProxyOrganizationOpenId: 'proxy-org-openid' };
const startQuota = 100_000;

let platform: Platform;

beforeAll(async () => {
  platform = await startPlatform({}, { seed });
});
afterAll(() => platform.close());

/** Of a name that no other code has. */
async function makeCode(name: string, members: object = {}) {
  const request = {
    ...{ Agent, TemplateId: 'yDRvzUUgygqj42ouUuO4zjEueBrK5MeV', FlowName: name, MaxFlowNum: 100 },
    ...members,
  };
  const { status, body } = await platform.call('ChannelCreateMultiFlowSignQRCode', request);
  expect(status).toBe(200);
  const { QrCodeId } = body['QrCode'] as { QrCodeId: string }; // upstream's own member
  return { CodeId: String(body['CodeId']), Slug: String(body['Slug']), QrCodeId };
}

async function seen(CodeId: string): Promise<unknown> {
  const { body } = await platform.call('DescribeMultiFlowSignQRCodes', { CodeId });
  return (body['Codes'] as unknown[])[0]; // one code by its id
}

/** What gives no time of its own goes first: soon after the end of a lack, its failures would be taken for late ones. */
const shapes = someOf(shippedShapeNames).toSorted(
  (one, other) => Number(other === 'minimal') - Number(one === 'minimal'),
);

describe.each(shapes)('with messages of the %s shape', (shape) => {
  it('contracts are counted and followed, whatever happens to the messages', async () => {
    const { emulator } = platform;
    emulator.callbacks.configure({
      shape,
      // A third of all posts comes to nothing: after as many of them no message is given up, whatever the seed.
      retryPausesS: Array.from({ length: 40 }, () => 3600),
      misbehaviour: {
        ...{ duplicates: 0.2, reorder: 0.3, lostAnswers: 0.1, unknownTypes: 0.05, form: 'either' },
        ...{ wrongKey: 0.05, wrongSignature: 0.05, noSignature: 0.05, reencodedBody: 0.05, plainText: 0.05 },
      },
    });
    const { CodeId, QrCodeId } = await makeCode(`crowd ${shape}`);
    emulator.crowd(QrCodeId, {
      ...{ people: 30, duplicates: 0.1, seed },
      signing: { sign: 0.6, reject: 0.2, cancel: 0.1, withinS: 60 },
    });
    const spoiledBefore = emulator.callbacks.counts().spoiledTaken;
    // Longer than all the retries of a message take together.
    await emulator.callbacks.settle({ untilMs: emulator.clock.nowMs() + 2 * 86_400_000 });
    const truth = emulator.truth().codes.find((code) => code.QrCodeId === QrCodeId);
    expect(truth?.started).toBeGreaterThanOrEqual(30);
    // At the code's own address a contract is certain, even if no message names the code and the contract together.
    const certain = { ALL: truth?.completed, ...truth?.ended, INIT: truth?.open };
    // A state that no contract is in is not told.
    const told = Object.entries(certain).filter(([, count]) => count !== 0);
    const Contracts = { Certain: Object.fromEntries(told), Inferred: {} };
    expect(await seen(CodeId)).toEqual(expect.objectContaining({ Used: truth?.started, Contracts }));
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

const crowd = shareOf(200);
/** No more than the fifth of a code that is left when its successor is made. */
const together = Math.min(8, crowd / 2 / 5);

describe(`a crowd of ${crowd} in front of a poster whose code holds half as many contracts`, () => {
  /** The QR code whose signing page the stable link leads to; undefined: the person is turned away. */
  async function openLink(slug: string): Promise<string | undefined> {
    const { status, headers } = await fetch(`${platform.url}/s/${slug}`, { redirect: 'manual' });
    const location = headers.get('location');
    return status === 302 && location !== null ? qrCodeIdOf(location) : undefined;
  }

  const qrCodeIdOf = (link: string) =>
    platform.emulator.truth().codes.find(({ QrCodeId }) => link.includes(QrCodeId))?.QrCodeId;

  it.each([
    ['one after the other', 1],
    [`${together} at a time, of which nobody has heard yet`, together],
  ])('all sign, %s', async (_, atOnce) => {
    const { emulator } = platform;
    emulator.callbacks.configure({ shape: 'flat', misbehaviour: {} });
    const { CodeId, Slug } = await makeCode(`queue of ${atOnce}`, { MaxFlowNum: crowd / 2 });
    let started = 0;
    for (let people = 0; people < crowd; people += atOnce) {
      const codes = await Promise.all(Array.from({ length: atOnce }, () => openLink(Slug)));
      for (const QrCodeId of codes) {
        if (QrCodeId !== undefined) started += emulator.scan(QrCodeId).Started.length;
      }
      await emulator.callbacks.deliverDue();
    }
    expect(started).toBe(crowd);
    // The next person finds a living code, too; where the last one took the last contract, the link makes it now.
    expect(await openLink(Slug)).toBeDefined();
    expect(await seen(CodeId)).toMatchObject({ State: 'Active', GenerationsMade: 3 });
  });
});

describe('a code that is used up', () => {
  it('is renewed by the notification that says so: nobody scans, and no timer runs', async () => {
    const { emulator } = platform;
    emulator.callbacks.configure({ shape: 'minimal', misbehaviour: { duplicates: 1 } });
    const { CodeId, QrCodeId } = await makeCode('used up', {
      MaxFlowNum: 3,
      RenewalPolicy: { ExhaustionPercent: 100 },
    });
    const usedUpMs = emulator.clock.nowMs();
    expect(emulator.scan(QrCodeId, { count: 3 }).Started).toHaveLength(3);
    await emulator.callbacks.settle({ untilMs: usedUpMs + 2_000 });
    expect(await seen(CodeId)).toMatchObject({ State: 'Active', GenerationsMade: 2, Usable: true });
    expect(platform.lines.filter((line) => line.includes('"renewal":"renewed"'))).not.toEqual([]);
    // The copies of the messages make no other.
    await emulator.callbacks.settle({ untilMs: emulator.clock.nowMs() + 600_000 });
    expect(await seen(CodeId)).toMatchObject({ GenerationsMade: 2 });
  });
});
