import { describe, expect, it } from 'vitest';
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
