import { describe, expect, it } from 'vitest';
import { emulatorWithReceiver, startMs } from '../callbacks/receiver.test.kit.ts';
import { exampleAgent } from '../seeds/organisations.ts';
import { planCrowd } from './crowd.ts';

const hourMs = 3_600_000;

describe('the plan of a crowd', () => {
  const crowd = { people: 300, overS: 3600, duplicates: 0.2, seed: 7, signing: { sign: 0.5, reject: 0.2 } };

  it('is the same with the same seed, and another with another', () => {
    const plan = (seed: number) => JSON.stringify(planCrowd('code', { ...crowd, seed }, startMs));
    expect(plan(7)).toBe(plan(7));
    expect(plan(8)).not.toBe(plan(7));
  });

  it('spreads its people over the time, lets a share come twice and gives each a fate', () => {
    const acts = planCrowd('code', crowd, startMs).filter((act) => act.kind === 'scan');
    const people = new Set(acts.map(({ person }) => person?.IdCardNumber));
    expect(people.size).toBe(300);
    expect(acts.length - people.size).toBeGreaterThan(30);
    expect(acts.length - people.size).toBeLessThan(90);
    const times = acts.map(({ dueMs }) => dueMs - startMs);
    expect(Math.min(...times)).toBeLessThan(hourMs / 10);
    expect(Math.max(...times)).toBeLessThan(hourMs);
    expect(Math.max(...times)).toBeGreaterThan(hourMs * 0.9);
    const share = (act: string) => acts.filter(({ fate }) => fate?.act === act).length / acts.length;
    expect(share('sign')).toBeGreaterThan(0.4);
    expect(share('sign')).toBeLessThan(0.6);
    expect(share('reject')).toBeGreaterThan(0.1);
    expect(share('cancel')).toBe(0);
  });
});

describe('a crowd', () => {
  it('comes when its time has come, and each contract is stamped with that time', async () => {
    const { emulator, giveCode } = emulatorWithReceiver();
    const QrCodeId = giveCode();
    const { scans, firstMs, lastMs } = emulator.crowd(QrCodeId, { people: 50, overS: 3600, seed: 3 });
    expect(scans).toBe(50);
    expect(emulator.contracts.list(QrCodeId).length).toBeLessThan(2);
    emulator.clock.advance(hourMs / 2);
    const half = emulator.contracts.list(QrCodeId).length;
    expect(half).toBeGreaterThan(10);
    expect(half).toBeLessThan(40);
    emulator.clock.advance(hourMs * 10);
    const all = emulator.contracts.list(QrCodeId);
    expect(all).toHaveLength(50);
    expect(all[0]?.createdAtS).toBe(Math.floor(firstMs / 1000));
    expect(all.at(-1)?.createdAtS).toBe(Math.floor(lastMs / 1000));
  });

  it('without a time comes at once', () => {
    const { emulator, giveCode } = emulatorWithReceiver();
    const QrCodeId = giveCode({ maxFlowNum: 30 });
    emulator.crowd(QrCodeId, { people: 40 });
    expect(emulator.truth().codes).toContainEqual({
      QrCodeId,
      used: 30,
      maxFlowNum: 30,
      started: 30,
      open: 30,
      completed: 0,
      ended: {},
      quotaFailures: 0,
    });
  });

  it('finds no second contract for who comes twice, where nobody may', () => {
    const { emulator, giveCode } = emulatorWithReceiver();
    const QrCodeId = giveCode({ forbidPersonalMultipleSign: true });
    const { scans } = emulator.crowd(QrCodeId, { people: 40, duplicates: 1, seed: 1 });
    expect(scans).toBe(80);
    expect(emulator.contracts.list(QrCodeId)).toHaveLength(40);
  });

  it('is turned away but for those whom a restriction names', () => {
    const { emulator, giveCode } = emulatorWithReceiver();
    const person = { Name: '张虚构', Mobile: '10000000000' };
    const QrCodeId = giveCode({ restrictions: [person] });
    emulator.crowd(QrCodeId, { people: 5 });
    expect(emulator.contracts.list(QrCodeId)).toEqual([]);
    emulator.crowd(QrCodeId, { people: [person, { Name: '李虚构' }] });
    expect(emulator.contracts.list(QrCodeId)).toMatchObject([{ person }]);
  });

  it('signs, rejects and cancels as its shares say, and what is left over expires', async () => {
    const { emulator, giveCode } = emulatorWithReceiver();
    const QrCodeId = giveCode();
    const signing = { sign: 0.4, reject: 0.2, cancel: 0.2, withinS: 7200 };
    emulator.crowd(QrCodeId, { people: 400, overS: 3600, seed: 5, signing });
    await emulator.callbacks.settle();
    const truth = emulator.truth().codes.find((one) => one.QrCodeId === QrCodeId);
    expect(truth).toMatchObject({ started: 400, open: 0 });
    const { completed = 0, ended: { REJECT = 0, CANCEL = 0, DEADLINE = 0 } = {} } = truth ?? {};
    expect(completed + REJECT + CANCEL + DEADLINE).toBe(400);
    expect(completed).toBeGreaterThan(120);
    for (const count of [REJECT, CANCEL, DEADLINE]) {
      expect(count).toBeGreaterThan(40);
      expect(count).toBeLessThan(120);
    }
  });

  it('follows its poster, where that leads to another code by then', () => {
    let current = 'old';
    const { emulator, giveCode } = emulatorWithReceiver({ leadsTo: () => current });
    giveCode({ QrCodeId: 'old', maxFlowNum: 1 });
    giveCode({ QrCodeId: 'new' });
    emulator.crowd('old', { people: 10, overS: 3600, seed: 2 });
    emulator.clock.advance(hourMs / 2);
    emulator.truth();
    current = 'new';
    emulator.clock.advance(hourMs);
    expect(emulator.contracts.list('old')).toHaveLength(1);
    expect(emulator.contracts.list('new').length).toBeGreaterThan(1);
  });
});

describe('the quota', () => {
  it('turns people away while it is used up; the truth has each time and how many', () => {
    const { emulator, giveCode } = emulatorWithReceiver();
    const QrCodeId = giveCode();
    const scan = (count: number) => emulator.scan(QrCodeId, { count });
    emulator.organisations.setQuota(exampleAgent, 2);
    expect(scan(5)).toMatchObject({ Started: { length: 2 }, Refused: { count: 3, reason: 'no-quota' } });
    emulator.clock.advance(1000);
    scan(1);
    emulator.organisations.setQuota(exampleAgent, 1);
    emulator.clock.advance(1000);
    scan(1);
    emulator.clock.advance(1000);
    scan(1);
    const { codes, organisations } = emulator.truth();
    expect(codes).toContainEqual(expect.objectContaining({ QrCodeId, started: 3, quotaFailures: 5 }));
    const ours = organisations.find(({ AppId, ProxyOrganizationOpenId: id }) => {
      return AppId === exampleAgent.AppId && id === exampleAgent.ProxyOrganizationOpenId;
    });
    expect(ours).toMatchObject({
      started: 3,
      quotaFailures: 5,
      quota: 0,
      blocks: [{ fromMs: startMs, untilMs: startMs + 2000 }, { fromMs: startMs + 3000 }],
    });
    expect(ours?.blocks[1]).not.toHaveProperty('untilMs');
  });
});

describe('the template of a code', () => {
  it.each([
    [
      'was deleted',
      (emulator: ReturnType<typeof emulatorWithReceiver>['emulator'], id: string) =>
        emulator.templates.remove(id),
    ],
    [
      'was disabled',
      (emulator: ReturnType<typeof emulatorWithReceiver>['emulator'], id: string) => {
        const [owned] = emulator.templates.list().filter(({ template }) => template.TemplateId === id);
        if (owned) emulator.templates.put({ ...owned, template: { ...owned.template, Available: 2 } });
      },
    ],
  ])('that %s lets nobody start a contract', (_, spoil) => {
    const { emulator, giveCode } = emulatorWithReceiver();
    const QrCodeId = giveCode();
    const TemplateId = emulator.codes.get(QrCodeId)?.TemplateId ?? '';
    expect(emulator.scan(QrCodeId)).not.toHaveProperty('Refused');
    spoil(emulator, TemplateId);
    expect(emulator.scan(QrCodeId)).toMatchObject({ Refused: { count: 1, reason: 'no-template' } });
  });
});
