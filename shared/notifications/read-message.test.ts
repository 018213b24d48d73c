import { describe, expect, it } from 'vitest';
import { randomIds } from '../codes/ids.ts';
import { callbackUrl } from '../codes/life/callback-url.ts';
import { readMessage } from './read-message.ts';
import { upstreamId } from './testing/messages.ts';

const receivedS = 1_790_000_000;
const read = (data: unknown) =>
  readMessage({ msgId: 'm', msgType: 't', msgVersion: null, data }, receivedS * 1000);

const qrCodeId = upstreamId('yDQr');
const flowId = upstreamId('yDFl');

describe('a message whose shape nobody knows', () => {
  it.each([
    ['a member', { QrCodeId: qrCodeId }],
    ['a member of another name', { Data: { sign_code: [qrCodeId] } }],
    ['a link', { Url: `https://example.com/qr?id=${qrCodeId}&x=1` }],
    ['a text of JSON', { Extra: JSON.stringify({ id: qrCodeId }) }],
    ['nothing else', qrCodeId],
  ])('gives the id of the QR code in %s', (_, data) => {
    expect(read(data).qrCodeIds).toContain(qrCodeId);
  });

  it('asks the register for nothing that may be the number of a document', () => {
    expect(read({ ApproverIdCardNumber: '11010519491231002X', No: '1234567890123456' }).qrCodeIds).toEqual(
      [],
    );
  });

  it('asks the register first for what is named like a QR code, and for a bounded number of texts', () => {
    const others = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`Id${i}`, upstreamId()]));
    const { qrCodeIds } = read({ ...others, Inner: { QrCodeId: qrCodeId } });
    expect(qrCodeIds[0]).toBe(qrCodeId);
    expect(qrCodeIds).toHaveLength(100);
  });

  it('gives an address of ours that it repeats', () => {
    const route = { token: randomIds().id(), generation: 3 };
    expect(read({ CallbackUrl: callbackUrl('https://example.com/cb', route) }).callbackRoute).toEqual(route);
    expect(read({ CallbackUrl: 'https://example.com/cb/mine' }).callbackRoute).toBeNull();
  });

  it.each([
    [
      'flat',
      {
        QrCodeId: qrCodeId,
        FlowId: flowId,
        FlowName: '劳务合同',
        UseCount: 1,
        OccurTime: receivedS - 9,
        Reason: '额度不足',
      },
    ],
    [
      'nested, in another spelling and in milliseconds',
      {
        event: { kind: 'cost', timestamp: (receivedS - 9) * 1000 },
        qrcode: { qr_code_id: qrCodeId, usage: { used: 3, limit: 100 } },
        contracts: [{ flow_id: flowId, name: '劳务合同' }],
        error: { code: 'OperationDenied.NoQuota', message: '额度不足' },
      },
    ],
    [
      'a text of JSON',
      JSON.stringify({
        Code: [qrCodeId],
        Text: '额度不足',
        at: new Date((receivedS - 9) * 1000).toISOString(),
        FlowID: flowId,
      }),
    ],
  ])('tells the same in three shapes: %s', (_, data) => {
    const { qrCodeIds, occurrence, said, flowId: told } = read(data);
    expect([qrCodeIds[0], occurrence.atS, said, told]).toEqual([qrCodeId, receivedS - 9, '额度不足', flowId]);
  });

  it.each([
    [{ FlowId: flowId }, flowId],
    [{ Contract: { flowId } }, flowId],
    [{ FlowId: 'short' }, null],
    [{ FlowIds: [flowId] }, null],
    [{ FlowId: 5 }, null],
  ])('gives a FlowId of 32 characters (%#)', (data, expected) => {
    expect(read(data).flowId).toBe(expected);
  });

  it.each([
    [{ FlowCallbackStatus: 1 }, 'INIT'],
    [{ FlowCallbackStatus: 8 }, 'INIT'],
    [{ FlowCallbackStatus: '4' }, 'ALL'],
    [{ FlowCallbackShowStatus: 'PART', FlowCallbackStatus: 2 }, 'PART'],
    [{ FlowStatus: 'RELIEVED' }, 'RELIEVED'],
    [{ FlowCallbackStatus: 7 }, null],
    [{ FlowCallbackShowStatus: 'toString' }, null],
    [{ Approvers: [{ ApproveCallbackShowStatus: 'REJECT' }] }, null],
  ])('gives the state of a contract from %j', (data, expected) => {
    expect(read(data).flowStatus).toBe(expected);
  });

  it.each([
    [{ Available: 1 }, true],
    [{ Available: '2' }, false],
    [{ IsAvailable: false }, false],
    [{ Available: 'perhaps' }, null],
    [{}, null],
  ])('says of a template from %j whether it can be used', (data, expected) => {
    expect(read(data).available).toBe(expected);
  });

  it('gives the organisations that it names, by ids and not by their titles', () => {
    const data = { ProxyOrganizationOpenId: 'org-a', OrganizationId: 'yDw', OrganizationName: 'Example Ltd' };
    expect(read(data).organizations).toEqual(['org-a', 'yDw']);
  });

  it('gives nothing where there is nothing', () => {
    expect(read(null)).toMatchObject({
      qrCodeIds: [],
      flowId: null,
      flowStatus: null,
      templateId: null,
      flowName: null,
      createdOnS: null,
      organizations: [],
      said: null,
      occurrence: { from: 'receipt' },
    });
  });
});
