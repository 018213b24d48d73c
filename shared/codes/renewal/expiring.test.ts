import { describe, expect, it } from 'vitest';
import { modifyCode } from '../life/modify-code.ts';
import { codeSuite } from '../testing/code-suite.ts';
import { sampleCode, sampleGeneration } from '../testing/sample-code.ts';
import { createRequest, dayS, requestOf, startS } from '../testing/world.ts';
import { warnAtS } from './expiring.ts';
import { defaultPolicy } from './renewal-policy.ts';

const { world } = codeSuite();

const withoutRenewal = { policy: { Enabled: false } };

async function told() {
  const { rows } = await world.db.query<{ data: string }>(
    "select data from events where type = 'code.expiring'",
  );
  return rows.map(({ data }) => JSON.parse(data));
}

describe('when our users are to hear that a code ends', () => {
  it('is a lead before its end, for a code that is alive', () => {
    expect(warnAtS(sampleCode())).toBe(startS + 29 * dayS);
    expect(warnAtS(sampleCode({ state: 'Failed' }))).toBe(startS + 29 * dayS);
    const short = sampleGeneration({ expiresAtS: startS + 3600 });
    expect(warnAtS(sampleCode({ current: short }))).toBe(startS + 1800);
  });

  it.each([
    ['a code without a generation', sampleCode({ current: null })],
    ['a dead generation', sampleCode({ current: sampleGeneration({ state: 'exhausted' }) })],
    ['a generation of which they know', sampleCode({ current: sampleGeneration({ toldExpiring: true }) })],
    ['a paused code', sampleCode({ state: 'Paused' })],
    ['a cancelled code', sampleCode({ state: 'Cancelled' })],
  ])('is never for %s', (_, code) => {
    expect(warnAtS(code)).toBeNull();
  });
});

describe('a code that ends without a successor', () => {
  it('is told of once, with its end and the reason', async () => {
    const codeId = await world.createId(createRequest(), withoutRenewal);
    world.passS(6 * dayS - 1);
    expect(await world.tick()).toMatchObject({ warned: 0 });
    world.passS(1);
    expect(await world.tick()).toMatchObject({ warned: 1 });
    world.passS(60);
    expect(await world.tick()).toMatchObject({ warned: 0 });
    expect(await told()).toEqual([
      expect.objectContaining({
        CodeId: codeId,
        ExpiredTime: startS + 7 * dayS,
        Reason: 'RenewalOff',
        State: 'Active',
      }),
    ]);
  });

  it('is told of where the policy makes no further one', async () => {
    await world.createId(createRequest(), { policy: { MaxGenerations: 1 } });
    world.passS(6 * dayS);
    await world.tick();
    expect(await told()).toMatchObject([{ Reason: 'NoSuccessor' }]);
  });

  it('is told of where renewals fail, and again for the generation that comes at last', async () => {
    await world.createId();
    world.passS(6 * dayS);
    world.fake.faults.push('unreachable');
    await world.tick();
    expect(await told()).toMatchObject([{ Reason: 'RenewalTransient', Generation: 1 }]);
    world.passS(3600);
    await world.tick();
    world.passS(6 * dayS);
    world.fake.faults.push('unreachable');
    await world.tick();
    expect(await told()).toMatchObject([{ Generation: 1 }, { Generation: 2 }]);
  });

  it('is told of where the organisation has no quota', async () => {
    await world.createId(requestOf('poor'));
    world.fake.withoutQuota.add('poor');
    world.passS(6 * dayS);
    await world.tick();
    await world.tick();
    expect(await told()).toMatchObject([{ Reason: 'QuotaBlocked' }]);
  });

  it('is told of again when a person gave it another end', async () => {
    const codeId = await world.createId(createRequest(), withoutRenewal);
    const { version } = (await world.record(codeId)).code;
    const key = { by: 'CodeId', value: codeId } as const;
    const command = { key, scope: null, version, actor: 'key:test' };
    await modifyCode(world.ports, { ...command, policy: { LeadTimeS: 2 * dayS } });
    world.passS(5 * dayS);
    expect(await world.tick()).toMatchObject({ warned: 1 });
  });

  it.each([
    ['is renewed in time', {}],
    ['was cancelled', withoutRenewal],
  ])('is not told of where it %s', async (what, options) => {
    const codeId = await world.createId(createRequest(), options);
    if (what === 'was cancelled') {
      await world.db.query(
        "update codes set state = 'Cancelled'; update generations set state = 'cancelled'",
      );
    }
    world.passS(6 * dayS);
    await world.tick();
    expect(await told()).toEqual([]);
    expect((await world.record(codeId)).code.policy).toMatchObject({ LeadTimeS: defaultPolicy.LeadTimeS });
  });

  it('is not told of when it has ended', async () => {
    await world.createId(createRequest(), withoutRenewal);
    world.passS(8 * dayS);
    expect(await world.tick()).toMatchObject({ expired: 1, warned: 0 });
    expect(await told()).toEqual([]);
  });
});
