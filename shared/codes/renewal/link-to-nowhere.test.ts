import { describe, expect, it } from 'vitest';
import { codeSuite } from '../testing/code-suite.ts';
import { following } from '../testing/following.ts';
import { dayS, startS } from '../testing/world.ts';
import { followLink } from './follow-link.ts';
import type { RenewalPolicyInput } from './renewal-policy.ts';

const suite = codeSuite();
const { test, world } = suite;
const { create, follow, modify, ports, use } = following(suite);

describe('who follows a link that leads nowhere', () => {
  it.each<[string, RenewalPolicyInput]>([
    ['renewal is switched off', { Enabled: false }],
    ['it has had all its generations', { MaxGenerations: 1 }],
    ['its budget is spent', { TotalFlowBudget: 10 }],
    ['its policy is about to end', { EndsOn: startS + 60 }],
  ])('is told that it is over when %s', async (_, policy) => {
    const code = await create(policy);
    await use(code, 10);
    expect(await follow(code)).toMatchObject({ kind: 'ended', state: 'Exhausted' });
    expect(world.fake.calls).toHaveLength(1);
  });

  it('is told that it is over when the last generation has died of age, marked or not', async () => {
    const code = await create({ Enabled: false });
    world.passS(8 * dayS);
    expect(await follow(code)).toMatchObject({ kind: 'ended', state: 'Active' });
    await world.tick();
    expect(await follow(code)).toMatchObject({ kind: 'ended', state: 'Expired' });
  });

  it('is told that it is over when upstream refuses a successor for good', async () => {
    const code = await create();
    await use(code, 10);
    world.fake.faults.push({ refuse: 'ResourceNotFound.Template' });
    expect(await follow(code)).toMatchObject({ kind: 'ended', state: 'Failed' });
  });

  it('is told to come back to a paused code, unless nothing will come of that', async () => {
    const [code, last] = [await create(), await create({ Enabled: false })];
    for (const one of [code, last]) await modify(one, 'Pause');
    expect(await follow(code)).toMatchObject({ kind: 'later', state: 'Paused' });
    expect(await follow(last)).toMatchObject({ kind: 'later', state: 'Paused' });
    world.passS(8 * dayS);
    expect(await follow(code)).toMatchObject({ kind: 'later', state: 'Paused' });
    expect(await follow(last)).toMatchObject({ kind: 'ended', state: 'Paused' });
    expect(world.fake.calls).toHaveLength(2);
  });

  it('is told to come back while the code is being made, and that it is over when nobody knows', async () => {
    const followed: unknown[] = [];
    world.fake.hooks.beforeAnswer = async () => {
      const { rows } = await test.db.query<{ slug: string }>('select slug from codes');
      followed.push(await followLink(ports(), rows[0]?.slug ?? '', world.clock.ms + 9_000));
    };
    world.fake.faults.push('lost-answer');
    await world.create().catch(() => undefined);
    const { rows } = await test.db.query<{ slug: string }>('select slug from codes');
    followed.push(await followLink(ports(), rows[0]?.slug ?? '', world.clock.ms + 9_000));
    expect(followed).toMatchObject([
      { kind: 'later', state: 'Creating' },
      { kind: 'ended', state: 'OutcomeUnknown' },
    ]);
  });
});
