import { describe, expect, it } from 'vitest';
import { Failure } from '../../errors.ts';
import { request as createSchema } from '../../essbasic/ChannelCreateMultiFlowSignQRCode.ts';
import { sampleCode } from '../testing/sample-code.ts';
import { createRequest, startS } from '../testing/world.ts';
import { sealedMembers, storedRequest, successorRequest } from './stored-request.ts';

const seal = { seal: (text: string) => text, open: (text: string) => text };
const people = { Restrictions: [{ Name: '张三' }], ApproverRestrictions: { Mobile: '13000000000' } };

describe('what is kept of a request', () => {
  it('names nobody', () => {
    const stored = storedRequest(
      createRequest({ ...people, Operator: { ClientIp: '192.0.2.1' }, FlowEffectiveDay: 3 }),
    );
    expect(stored).toEqual({
      TemplateId: 'template-a',
      FlowName: '入职合同',
      MaxFlowNum: 10,
      FlowEffectiveDay: 3,
    });
  });

  it('is sealed where it does', () => {
    expect(sealedMembers(createRequest(people))).toEqual(people);
    expect(sealedMembers(createRequest())).toBeNull();
    expect(sealedMembers(createRequest({ Restrictions: [] }))).toBeNull();
  });
});

describe('successorRequest', () => {
  it('is a valid create with the limits of the successor and the people of the first', () => {
    const request = createRequest({ ...people, QrEffectiveDay: 7 });
    const code = sampleCode({
      request: storedRequest(request),
      sealed: JSON.stringify(sealedMembers(request)),
    });
    const successor = successorRequest(code, { maxFlowNum: 3, expiresAtS: startS }, seal);
    expect(createSchema.safeParse(successor).success).toBe(true);
    const { QrEffectiveDay: _, ...rest } = request;
    expect(successor).toEqual({ ...rest, MaxFlowNum: 3, QrCodeExpiredOn: startS });
  });

  it('of a code that names nobody needs no key', () => {
    const lost = {
      ...seal,
      open(): never {
        throw new Failure('Misconfigured');
      },
    };
    const code = sampleCode({ request: storedRequest(createRequest()) });
    const successor = successorRequest(code, { maxFlowNum: 10, expiresAtS: startS }, lost);
    expect(successor).toEqual(createRequest({ QrCodeExpiredOn: startS }));
  });
});
