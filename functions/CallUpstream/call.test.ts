import { describe, expect, it } from 'vitest';
import { TransportError } from '../../shared/errors.ts';
import type { PlainCall, ShownRequest } from '../../shared/upstream/plain-call.ts';
import type { AuditEntry } from '../../shared/world.ts';
import { type CallFacts, type CallWorld, callUpstream } from './call.ts';
import type { CallRequest } from './request.ts';

const shown: ShownRequest = {
  url: 'http://127.0.0.1:9300/',
  headers: {},
  body: '{}',
  signature: {
    canonicalRequest: 'c',
    hashedCanonicalRequest: 'h',
    credentialScope: 's',
    stringToSign: 't',
    authorization: 'a',
  },
};
const made = '{"Response":{"QrCode":{"QrCodeId":"yD1"},"RequestId":"s1"}}';
const create: CallRequest = { Action: 'ChannelCreateMultiFlowSignQRCode', Request: { FlowName: '张三' } };
const look: CallRequest = { Action: 'DescribeTemplates', Request: {} };

function worldOf(more: Partial<CallWorld> = {}, send: () => string = () => made) {
  const happened: (string | AuditEntry)[] = [];
  const world: CallWorld = {
    endpoint: 'http://127.0.0.1:9300',
    realCalls: 'refuse',
    upstream: {
      show: () => shown,
      async send({ body }: PlainCall) {
        happened.push(`sent ${body}`);
        return { sent: shown, received: { status: 200, headers: {}, body: send(), durationMs: 1.6 } };
      },
    },
    audit: async (entry) => void happened.push(entry),
    log: { warn: (message) => void happened.push(message) },
    ...more,
  };
  const facts: CallFacts = { actor: 'key:1', language: 'zh', deadlineMs: 1, work: undefined };
  const call = (input: CallRequest, own: Partial<CallFacts> = {}) =>
    callUpstream(world, input, { ...facts, ...own });
  return { happened, call };
}

describe('a call of upstream', () => {
  it('that makes something is in the audit trail before it is sent, and its answer after it, in ids alone', async () => {
    const { happened, call } = worldOf();
    expect(await call(create)).toMatchObject({
      Endpoint: 'http://127.0.0.1:9300',
      IsReal: false,
      Received: { Status: 200, Body: made, DurationMs: 2 },
    });
    const action = create.Action;
    expect(happened).toEqual([
      { actor: 'key:1', action: 'upstream.call', subject: action, reason: 'http://127.0.0.1:9300' },
      'sent {"FlowName":"张三"}',
      { actor: 'key:1', action: 'upstream.answer', subject: 'yD1', reason: `${action}: 200, RequestId s1` },
    ]);
  });

  it('that changes nothing is not audited', async () => {
    const { happened, call } = worldOf();
    await call(look);
    expect(happened).toEqual(['sent {}']);
  });

  it('is not sent where the audit trail cannot be written', async () => {
    const { happened, call } = worldOf({ audit: () => Promise.reject(new Error('away')) });
    await expect(call(create)).rejects.toThrow('away');
    expect(happened).toEqual([]);
  });

  it('whose answer cannot be audited is answered all the same, and the log says so', async () => {
    let entries = 0;
    const { happened, call } = worldOf({
      audit: () => (entries++ === 0 ? Promise.resolve() : Promise.reject(new Error('away'))),
    });
    expect(await call(create)).toMatchObject({ Received: { Body: made } });
    expect(happened.at(-1)).toBe('the answer of a call from the Explorer is not in the audit trail');
  });

  it('that ended nobody knows how says so in the audit trail, with the code that was made where it is known', async () => {
    const { happened, call } = worldOf({}, () => {
      throw new TransportError('UnknownOutcome', 'after-send', { members: { QrCodeId: 'yD2' } });
    });
    await expect(call(create)).rejects.toMatchObject({ code: 'UnknownOutcome' });
    expect(happened.at(-1)).toMatchObject({
      subject: 'yD2',
      reason: `${create.Action}: UnknownOutcome, RequestId -`,
    });
  });

  it('is not sent again where an earlier one under the same key may have been', async () => {
    const { happened, call } = worldOf();
    await expect(call(create, { work: { takenOver: true } })).rejects.toMatchObject({
      code: 'UnknownOutcome',
    });
    expect(happened).toEqual([]);
    await call(create, { work: { takenOver: false } });
    expect(happened).toHaveLength(3);
  });

  it('names what is wrong by the documents, and sends it all the same', async () => {
    const { happened, call } = worldOf();
    const { Problems } = await call(create);
    expect(Problems.map(({ Path }) => Path)).toEqual(['Agent', 'TemplateId']);
    expect(happened).toHaveLength(3);
  });

  it('that is only tried shows the request and sends nothing, also where nothing may be sent', async () => {
    const { happened, call } = worldOf({ endpoint: 'https://essbasic.tencentcloudapi.com' });
    expect(await call({ ...create, DryRun: true })).toMatchObject({
      IsReal: true,
      MayCall: false,
      Signature: { StringToSign: 't' },
      Received: null,
    });
    expect(happened).toEqual([]);
  });
});

describe('an endpoint', () => {
  it.each(['http://127.0.0.1:9300', 'http://localhost:1', 'http://[::1]:9300'])(
    'on this machine (%s) is called',
    async (endpoint) => {
      const { happened, call } = worldOf({ endpoint });
      await call(look);
      expect(happened).toEqual(['sent {}']);
    },
  );

  it.each([
    'https://essbasic.tencentcloudapi.com',
    'https://essbasic.test.ess.tencent.cn',
    'https://127.0.0.1.example.com',
    'https://10.0.0.1',
  ])('elsewhere (%s) is refused, and called where that is allowed', async (endpoint) => {
    const refused = worldOf({ endpoint });
    await expect(refused.call(look)).rejects.toMatchObject({
      code: 'Forbidden',
      detail: expect.objectContaining({ en: expect.stringContaining('EXPLORER_REAL_CALLS') }),
    });
    expect(refused.happened).toEqual([]);
    const allowed = worldOf({ endpoint, realCalls: 'allow' });
    expect(await allowed.call(look)).toMatchObject({ IsReal: true, MayCall: true });
    expect(allowed.happened).toEqual(['sent {}']);
  });
});
