import { describe, expect, it } from 'vitest';
import { describeCode } from '../../codes/reading/describe-codes.ts';
import { defaultPolicy } from '../../codes/renewal/renewal-policy.ts';
import { codeSuite } from '../../codes/testing/code-suite.ts';
import { createRequest, createWorld, requestOf, startS } from '../../codes/testing/world.ts';
import { insertManyCodes } from '../../store/testing/many-codes.ts';
import { recordStatements } from '../../store/testing/query-plans.ts';
import { createReceiver } from '../testing/receiver.ts';
import { codeOf } from '../testing/seen.ts';

const suite = codeSuite();

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

  it('are told once, though two messages come at the same moment', async () => {
    await codeOf(suite.world);
    await codeOf(suite.world);
    const connections = await Promise.all([suite.test.connect(), suite.test.connect()]);
    const receivers = connections.map((db) => createWorld(db).receiver);
    for (let round = 0; round < 10; round++) {
      const TemplateId = 'template-a';
      await suite.world.db.query('delete from notices; delete from events');
      const CreateTime = suite.world.clock.ms / 1000 + round * 2;
      await Promise.all(
        receivers.map((receiver, i) =>
          receiver.notify('TemplateDelete', { TemplateId, CreateTime: CreateTime + i }),
        ),
      );
      expect(await told()).toHaveLength(2);
    }
  });

  it('are told to very many codes a few at a time, the rest by the timer, each once', async () => {
    const { world } = suite;
    await insertManyCodes(world.db, { count: 1200, organizations: 3, newestS: startS });
    await world.db.query("update codes set template_id = 'template-a', policy = $1", [
      JSON.stringify(defaultPolicy),
    ]);
    await world.db.query("update codes set state = 'Cancelled' where code_id = 'c7'");
    const { statements, db } = recordStatements(world.db);
    await createReceiver(db, world.ports.surroundings, world.ports.seal).notify('TemplateDelete', {
      TemplateId: 'template-a',
    });
    expect(await told()).toHaveLength(50);
    expect(statements.length).toBeLessThan(10);
    await world.receiver.retry();
    expect(await told()).toHaveLength(1199);
    const { rows } = await world.db.query('select code_id from events group by code_id having count(*) > 1');
    expect(rows).toEqual([]);
    await world.receiver.retry();
    expect(await told()).toHaveLength(1199);
  });

  it('that are over before all have heard are told as they are', async () => {
    const { world } = suite;
    await insertManyCodes(world.db, { count: 120, organizations: 3, newestS: startS });
    await world.db.query("update codes set template_id = 'template-a', policy = $1", [
      JSON.stringify(defaultPolicy),
    ]);
    await tell('TemplateDelete');
    world.passS(1);
    await tell('TemplateAvailable', { Available: 1 });
    await world.receiver.retry();
    const types = await told();
    expect(types.filter((type) => type === 'code.template_unusable')).toHaveLength(50);
    expect(types.filter((type) => type === 'code.template_usable')).toHaveLength(120);
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
