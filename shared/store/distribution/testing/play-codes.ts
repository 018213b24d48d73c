import { expect } from 'vitest';
import { cancelOf } from '../../../codes/life/attempt.ts';
import { cancelCode } from '../../../codes/life/cancel-code.ts';
import { modifyCode } from '../../../codes/life/modify-code.ts';
import { createWorld, dayS, requestOf, type World } from '../../../codes/testing/world.ts';
import type { Scope } from '../../../world.ts';
import type { Database } from '../../postgres/database.ts';
import { codeNames } from '../../register/code-names.ts';
import { linkReads, posterReads } from '../../register/link-reads.ts';
import { creationReads, externalIds } from '../../register/register-reads.ts';
import { renewalWrites } from '../../register/register-transactions.ts';

const scope: Scope = { appId: 'app', organizations: ['org-a', 'poor'] };

/** What is done to codes, and who looks at them. */
export async function playCodes(db: Database): Promise<void> {
  const world = createWorld(db);
  await world.forgetEverything();
  await live(world);
  await lookAt(world);
  await lackQuota(world);
  await fail(world);
}

async function live(world: World): Promise<void> {
  const { code } = await world.create();
  const key = { by: 'CodeId', value: code.codeId } as const;
  world.passS(6 * dayS);
  await world.tick();
  const { version } = (await world.record(code.codeId)).code;
  await modifyCode(world.ports, { key, scope, version, operation: 'Pause', actor: 'test' });
  await cancelCode(world.ports, { key, scope, actor: 'test' }, world.clock.ms + 60_000);
}

async function lookAt({ db, register, create, clock }: World): Promise<void> {
  const { code } = await create();
  const qrCodeId = code.current?.qrCodeId ?? '';
  for (const by of ['CodeId', 'QrCodeId', 'Slug'] as const) {
    const value = { CodeId: code.codeId, QrCodeId: qrCodeId, Slug: code.slug }[by];
    await register.find({ by, value }, null);
    await register.find({ by, value }, scope);
  }
  await register.isRegistered(qrCodeId);
  await externalIds(db).codesOf('gate-1', scope);
  await codeNames(db, [code.codeId, qrCodeId]);
  const links = linkReads(db);
  await links.followed(code.slug);
  for (const whenLocked of ['wait', 'skip'] as const)
    await links.claimIfDue(code.codeId, clock.ms / 1000, 1000, whenLocked);
  for (const asked of [{ codeIds: [code.codeId] }, { slug: code.slug }, { externalId: 'x' }, { label: 'x' }])
    await posterReads(db).posterCodes(asked, scope, 10);
  const page = { scope, after: { atMs: clock.ms + 1, id: 'x' }, limit: 10, generations: 5 };
  await register.list({}, { ...page, scope: null, after: undefined });
  await register.list({ organization: 'org-a', state: 'Active', text: '入职合同', label: 'x' }, page);
  await register.list({ state: 'QuotaBlocked', templateId: 'template-a', externalId: 'x' }, page);
  await register.list({ state: 'Paused', expiringBeforeS: clock.ms / 1000 }, page);
}

/** An organisation that cannot pay, and that can again. */
async function lackQuota(world: World): Promise<void> {
  for (let made = 0; made < 3; made += 1) await world.create(requestOf('poor'));
  world.fake.withoutQuota.add('poor');
  world.passS(6 * dayS);
  await world.tick();
  world.fake.withoutQuota.clear();
  world.passS(6 * 3600);
  await world.tick();
  await world.tick();
  world.passS(40 * dayS);
  await world.tick();
}

/** What upstream refuses or never answers, and what is looked for then. */
async function fail({ fake, ports, clock, create, db, register, passS, tick }: World): Promise<void> {
  const { code } = await create();
  const key = { by: 'CodeId', value: code.codeId } as const;
  fake.faults.push('lost-request');
  await expect(cancelCode(ports, { key, scope, actor: 'test' }, clock.ms + 60_000)).rejects.toThrow();
  passS(60);
  await tick();
  fake.faults.push({ refuse: 'OperationDenied.Forbid' });
  await expect(create()).rejects.toThrow();
  await register.findCancel('nobody');
  await register.release([{ codeId: code.codeId, token: '1' }]);
  await renewalWrites(db).transaction(async (tx) => void (await tx.openCreates(code.codeId)));
  const { appId, organization, operator } = code;
  const target = { qrCodeId: 'qr', expiresAtS: null, number: 1 };
  const cancel = cancelOf({ codeId: code.codeId, appId, organization, operator }, target, ports.surroundings);
  await register.transaction(async (tx) => {
    await tx.lockCode(code.codeId);
    await tx.lockAttempt('nobody');
    await tx.lockOrganization(appId, organization);
    await tx.beginCancel(cancel, 1000);
    await tx.leaseCancel(cancel.attemptId, 1000);
    await tx.remember({ token: 'nobody', text: '{}' });
    await tx.deleteCode('nobody');
  });
  await creationReads(db).findCreated(code.codeId);
}
