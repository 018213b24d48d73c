import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseInput } from '../parse-input.ts';
import { exampleAgent } from '../seeds/organisations.ts';
import { fillIn, MessageShape, shippedShapeNames, shippedShapes } from './message-shape.ts';
import { readShape } from './read-shape.ts';
import { decrypted, emulatorWithReceiver, opened, startMs } from './receiver.test.kit.ts';

const person = { Name: '赵虚构', Mobile: '10000000001' };

/** The messages of one contract and one failure. */
async function messagesIn(callbackShape: MessageShape | keyof typeof shippedShapes) {
  const { emulator, giveCode, posts } = emulatorWithReceiver({ callbackShape });
  const QrCodeId = giveCode({ maxFlowNum: 9 });
  emulator.organisations.setQuota(exampleAgent, 1);
  const { Started } = emulator.scan(QrCodeId, { count: 2, person });
  await emulator.callbacks.deliverDue();
  const of = (type: string) => posts.map((post) => opened(post)).filter(({ MsgType }) => MsgType === type);
  return { QrCodeId, FlowId: Started[0]?.FlowId ?? '', of, posts };
}

describe('a shipped shape', () => {
  it.each(shippedShapeNames)('%s is a shape, and names the code in every QR-code message', async (name) => {
    expect(parseInput(MessageShape(), shippedShapes[name])).toEqual(shippedShapes[name]);
    const { of, QrCodeId } = await messagesIn(name);
    for (const type of ['MultiFlowSignQrCodeCost', 'CreateFlowByQrCode']) {
      expect(of(type)).toHaveLength(1);
      expect(JSON.stringify(of(type)[0]?.MsgData)).toContain(QrCodeId);
      expect(JSON.stringify(of(type))).not.toContain('{{');
    }
    const [started] = of('FlowStatusChange');
    expect(started?.MsgData).toMatchObject({ FlowCallbackStatus: 1, FlowCallbackShowStatus: 'INIT' });
  });

  it('flat has times in seconds and numbers as numbers', async () => {
    const { of, QrCodeId, FlowId } = await messagesIn('flat');
    const [cost] = of('MultiFlowSignQrCodeCost');
    expect(cost).toEqual({
      MsgId: expect.stringMatching(/^yD\w{30}$/),
      MsgType: 'MultiFlowSignQrCodeCost',
      MsgVersion: 'ThirdPartyApp',
      MsgData: {
        QrCodeId,
        FlowId,
        FlowName: '入职合同',
        TemplateId: expect.any(String),
        ProxyOrganizationOpenId: exampleAgent.ProxyOrganizationOpenId,
        UseCount: 1,
        OccurTime: startMs / 1000,
      },
    });
    expect(of('CreateFlowByQrCode')[0]?.MsgData).toMatchObject({ QrCodeId, Reason: '企业合同额度不足' });
  });

  it('nested has other names, in other places, and milliseconds', async () => {
    const { of, QrCodeId, FlowId } = await messagesIn('nested');
    expect(of('MultiFlowSignQrCodeCost')[0]?.MsgData).toMatchObject({
      event: { kind: 'cost', timestamp: startMs },
      qrcode: { qr_code_id: QrCodeId, usage: { used: 1, limit: 9 } },
      contracts: [{ flow_id: FlowId, created_at: startMs }],
      organization: { remaining: 0 },
    });
    expect(of('CreateFlowByQrCode')[0]?.MsgData).toMatchObject({
      user: { name: person.Name, mobile: person.Mobile },
    });
    expect(of('FlowStatusChange')[0]?.MsgData).not.toHaveProperty('ProxyOrganizationOpenId');
    expect(of('FlowStatusChange')[0]?.MsgData).toMatchObject({ FlowStatus: 'INIT' });
  });

  it('minimal has its data as a text, and neither contract nor time', async () => {
    const { of, QrCodeId, posts, FlowId } = await messagesIn('minimal');
    const [cost] = of('MultiFlowSignQrCodeCost');
    expect(cost?.MsgData).toEqual({ Code: [QrCodeId] });
    expect(JSON.stringify(cost)).not.toContain(FlowId);
    const [first] = posts;
    expect(decrypted(first?.body ?? Buffer.from(''))).toContain('"MsgData":"{');
  });
});

describe('a shape of your own', () => {
  const own = {
    name: 'own',
    MsgVersion: 'v9',
    MultiFlowSignQrCodeCost: { text: 'code {{QrCodeId}}, {{Used}} of {{MaxFlowNum}}' },
    CreateFlowByQrCode: { deep: [{ Reason: '{{Reason}}' }] },
  };

  it('is followed', async () => {
    const { of, QrCodeId } = await messagesIn(own);
    expect(of('MultiFlowSignQrCodeCost')[0]).toMatchObject({
      MsgVersion: 'v9',
      MsgData: { text: `code ${QrCodeId}, 1 of 9` },
    });
    expect(of('CreateFlowByQrCode')[0]?.MsgData).toEqual({ deep: [{ Reason: '企业合同额度不足' }] });
  });

  it('is refused with a placeholder that the message does not have', () => {
    const wrong = { ...own, CreateFlowByQrCode: { FlowId: '{{FlowId}}' } };
    expect(() => parseInput(MessageShape(), wrong)).toThrow(
      expect.objectContaining({
        problems: [expect.objectContaining({ path: 'CreateFlowByQrCode' })],
      }),
    );
    expect(() => emulatorWithReceiver({ callbackShape: wrong })).toThrow(/InvalidRequest/);
  });

  it('fills in whole texts by their value and parts of texts as text', () => {
    const template = { a: '{{n}}', b: 'x{{n}}', c: [1, null, true, '{{s}}'] };
    expect(fillIn(template, { n: 1, s: 's' })).toEqual({ a: 1, b: 'x1', c: [1, null, true, 's'] });
  });
});

describe('a template file', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'qianma-shape-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const file = async (text: string) => {
    const path = join(folder, 'shape.json');
    await writeFile(path, text);
    return path;
  };

  it('is read from its path, and a shipped one by its name', async () => {
    expect(await readShape('nested')).toBe('nested');
    const path = await file(JSON.stringify({ ...shippedShapes.flat, name: 'mine' }));
    expect(await readShape(path)).toMatchObject({ name: 'mine' });
  });

  it.each([
    ['{', 'must be flat, nested, minimal, or the path of a JSON file that can be read'],
    ['{"name":"x","MsgVersion":"1","CreateFlowByQrCode":{}}', 'MultiFlowSignQrCodeCost is missing'],
  ])('is refused in one line as %s', async (text, line) => {
    await expect(readShape(await file(text))).rejects.toMatchObject({
      code: 'Misconfigured',
      detail: { en: expect.stringContaining(line) },
    });
  });
});
