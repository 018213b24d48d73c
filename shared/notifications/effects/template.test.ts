import { describe, expect, it } from 'vitest';
import { describeCode } from '../../codes/describe-codes.ts';
import { createRequest, requestOf } from '../../codes/testing/world.ts';
import { codeOf, notificationSuite } from '../testing/suite.ts';

const suite = notificationSuite();

async function noticeOf(codeId: string): Promise<string | undefined> {
  const { register, ports } = suite.world;
  const key = { by: 'CodeId', value: codeId } as const;
  const options = { register, surroundings: ports.surroundings, publicBaseUrl: 'https://q.example' };
  return (await describeCode(options, key, null)).Notice?.Code;
}

const tell = (type: string, more: object = {}, atS = suite.world.clock.ms / 1000) =>
  suite.world.receiver.notify(type, { TemplateId: 'template-a', CreateTime: atS, ...more });
const told = async () => (await suite.world.events()).filter((type) => type.startsWith('code.template'));

describe('news of a template', () => {
  it('that it was deleted are shown with its codes, those made later too, and told for each', async () => {
    const { codeId } = await codeOf(suite.world);
    await codeOf(suite.world);
    const other = await codeOf(suite.world, createRequest({ TemplateId: 'template-b' }));
    await tell('TemplateDelete');
    expect(await noticeOf(codeId)).toBe('TemplateDeleted');
    expect(await noticeOf(other.codeId)).toBeUndefined();
    expect((await suite.world.record(codeId)).code.state).toBe('Active');
    expect(await told()).toEqual(['code.template_unusable', 'code.template_unusable']);
  });

  it('that it can be used again clear the notice', async () => {
    const { codeId } = await codeOf(suite.world);
    await tell('TemplateAvailable', { Available: 2 });
    expect(await noticeOf(codeId)).toBe('TemplateDisabled');
    suite.world.passS(1);
    await tell('TemplateAvailable', { Available: 1 });
    expect(await noticeOf(codeId)).toBeUndefined();
    expect(await told()).toEqual(['code.template_unusable', 'code.template_usable']);
  });

  it.each([
    ['TemplateUpdate', {}],
    ['TemplateAvailable', { Unheard: 1 }],
  ])(
    'that nobody can read for certain, %s, say that renewals may be refused, and no more',
    async (type, more) => {
      const { codeId } = await codeOf(suite.world);
      await tell(type, more);
      expect(await noticeOf(codeId)).toBe('TemplateChanged');
      expect(await told()).toEqual([]);
    },
  );

  it('are over when a renewal succeeds after all', async () => {
    const { codeId } = await codeOf(suite.world);
    await tell('TemplateUpdate');
    suite.world.passS(6 * 86_400);
    await suite.world.tick();
    expect(await noticeOf(codeId)).toBeUndefined();
  });

  it('may come in any order: the latest by its own time counts', async () => {
    const { codeId } = await codeOf(suite.world);
    const nowS = suite.world.clock.ms / 1000;
    await tell('TemplateAvailable', { Available: 1 }, nowS - 1);
    expect(await tell('TemplateAvailable', { Available: 2 }, nowS - 2)).toMatchObject({
      outcome: 'kept',
      reason: { code: 'OlderNews' },
    });
    await tell('TemplateUpdate', {}, nowS - 2);
    expect(await noticeOf(codeId)).toBeUndefined();
  });

  it('concern the organisation that they name, if it is one of ours', async () => {
    const named = await codeOf(suite.world, requestOf('org-a'));
    const other = await codeOf(suite.world, requestOf('org-b'));
    await tell('TemplateDelete', { ProxyOrganizationOpenId: 'org-a', OrganizationId: 'yDunknown' });
    expect(await noticeOf(named.codeId)).toBe('TemplateDeleted');
    expect(await noticeOf(other.codeId)).toBeUndefined();
  });

  it('without a template are kept', async () => {
    expect(await suite.world.receiver.notify('TemplateDelete', {})).toMatchObject({
      outcome: 'kept',
      reason: { code: 'MembersMissing' },
    });
  });
});

describe('an organisation that has left', () => {
  it('is told with its codes, and with no others', async () => {
    const left = await codeOf(suite.world, requestOf('org-a'));
    const other = await codeOf(suite.world, requestOf('org-b'));
    await suite.world.receiver.notify('CloseOrganization', { ProxyOrganizationOpenId: 'org-a' });
    expect(await noticeOf(left.codeId)).toBe('OrganizationClosed');
    expect(await noticeOf(other.codeId)).toBeUndefined();
  });

  it('that nobody knows is kept', async () => {
    const receipt = await suite.world.receiver.notify('CloseOrganization', { OrganizationId: 'somebody' });
    expect(receipt).toMatchObject({ outcome: 'kept', reason: { code: 'OrganizationUnknown' } });
  });
});
