import { describe, expect, it } from 'vitest';
import { codeSuite } from '../codes/testing/code-suite.ts';
import { scopeOf } from '../codes/testing/sample-code.ts';
import { createRequest, requestOf, startS } from '../codes/testing/world.ts';
import { Failure } from '../errors.ts';
import { contractLists } from '../store/notifications/contract-lists.ts';
import { type ContractListRequest, listContracts } from './describe-contracts.ts';
import { upstreamId } from './testing/messages.ts';
import { codeOf } from './testing/seen.ts';

const { world } = codeSuite();

const hourS = 3_600;
const dayS = 24 * hourS;

const list = (request: Partial<ListRequest> = {}) =>
  listContracts(
    { contracts: contractLists(world.db), surroundings: { nowMs: () => world.clock.ms } },
    { filter: {}, scope: null, ...request },
  );
type ListRequest = ContractListRequest;

async function idsOf(filter: ListRequest['filter'], scope: ListRequest['scope'] = null): Promise<string[]> {
  return (await list({ filter, scope })).Contracts.map(({ FlowId }) => FlowId);
}

type Code = Awaited<ReturnType<typeof codeOf>>;

/** @returns the id of the contract */
async function start({ qrCodeId }: Code): Promise<string> {
  const FlowId = upstreamId('yDFl');
  const OccurTime = world.clock.ms / 1000;
  await world.receiver.notify('MultiFlowSignQrCodeCost', { QrCodeId: qrCodeId, FlowId, OccurTime });
  world.passS(1);
  return FlowId;
}

const status = (FlowId: string, FlowCallbackShowStatus: string, more: object = {}) =>
  world.receiver.notify('FlowStatusChange', {
    FlowId,
    FlowCallbackShowStatus,
    OccurTime: world.clock.ms / 1000,
    ...more,
  });

describe('a list of contracts', () => {
  it('tells of which code a contract is, how far it is, and how long is left', async () => {
    const code = await codeOf(world, createRequest({ QrCodeName: '三号门', FlowEffectiveDay: 3 }));
    const FlowId = await start(code);
    world.passS(hourS);
    await status(FlowId, 'PART');
    expect(await list()).toEqual({
      Contracts: [
        {
          FlowId,
          CodeId: code.codeId,
          Generation: 1,
          QrCodeName: '三号门',
          ExternalId: null,
          ProxyOrganizationOpenId: 'org-a',
          Link: 'Certain',
          State: 'PART',
          Unfinished: true,
          Charged: true,
          StartedOn: startS,
          StateOn: startS + hourS + 1,
          Deadline: startS + 3 * dayS,
          DeadlineFrom: 'FlowEffectiveDay',
          HoursLeft: 3 * 24 - 2,
        },
      ],
      NextCursor: null,
    });
  });

  it('believes the deadline that a message names, and of two the later one, in whatever order they come', async () => {
    const code = await codeOf(world);
    for (const deadlines of [
      [5, 9],
      [9, 5],
    ]) {
      const FlowId = await start(code);
      for (const days of deadlines) await status(FlowId, 'INIT', { DeadLine: startS + days * dayS });
      const { Contracts } = await list({ filter: { flowId: FlowId } });
      expect(Contracts).toMatchObject([{ Deadline: startS + 9 * dayS, DeadlineFrom: 'DeadLine' }]);
    }
  });

  it('reckons with the documented days where the create named none, or a message names no deadline', async () => {
    const FlowId = await start(await codeOf(world, createRequest({ FlowEffectiveDay: 0 })));
    await status(FlowId, 'INIT', { DeadLine: 0 });
    expect((await list()).Contracts).toMatchObject([
      { Deadline: startS + 7 * dayS, DeadlineFrom: 'FlowEffectiveDay' },
    ]);
  });

  it('leaves no hours to a contract that has ended, and none below zero', async () => {
    const code = await codeOf(world);
    const [ended, late] = [await start(code), await start(code)];
    await status(ended, 'ALL');
    world.passS(8 * dayS);
    expect((await list()).Contracts).toMatchObject([
      { FlowId: late, State: 'INIT', Unfinished: true, HoursLeft: 0 },
      { FlowId: ended, State: 'ALL', Unfinished: false, HoursLeft: null },
    ]);
  });

  it('keeps a contract whose code is gone, without a deadline that nobody has told', async () => {
    const FlowId = await start(await codeOf(world));
    await world.db.query('delete from generations');
    await world.db.query('delete from codes');
    expect((await list()).Contracts).toMatchObject([
      { FlowId, QrCodeName: null, Deadline: null, DeadlineFrom: null, HoursLeft: null },
    ]);
  });

  it('is narrowed by code, generation, QR code, organisation, state and time', async () => {
    const [first, second] = [await codeOf(world), await codeOf(world, requestOf('org-b'))];
    const a = await start(first);
    const b = await start(second);
    await status(b, 'REJECT');
    expect(await idsOf({})).toEqual([b, a]);
    expect(await idsOf({ codeId: first.codeId })).toEqual([a]);
    expect(await idsOf({ codeId: first.codeId, generation: 2 })).toEqual([]);
    expect(await idsOf({ qrCodeId: second.qrCodeId })).toEqual([b]);
    expect(await idsOf({ qrCodeId: 'unheard of' })).toEqual([]);
    expect(await idsOf({ organization: 'org-a' })).toEqual([a]);
    expect(await idsOf({ state: 'REJECT' })).toEqual([b]);
    expect(await idsOf({ unfinished: true })).toEqual([a]);
    expect(await idsOf({ sinceS: startS + 1 })).toEqual([b]);
    expect(await idsOf({ untilS: startS + 1 })).toEqual([a]);
  });

  it('shows a scope its own organisations alone', async () => {
    const [a, b] = [await start(await codeOf(world)), await start(await codeOf(world, requestOf('org-b')))];
    expect(await idsOf({}, scopeOf('org-a', 'org-b'))).toEqual([b, a]);
    expect(await idsOf({}, scopeOf('org-a'))).toEqual([a]);
    expect(await idsOf({ flowId: b }, scopeOf('org-a'))).toEqual([]);
    expect(await idsOf({ organization: 'org-b' }, scopeOf('org-a'))).toEqual([]);
    expect(await idsOf({}, { appId: 'another', organizations: ['org-a'] })).toEqual([]);
  });

  it('comes in pages that miss none', async () => {
    const code = await codeOf(world, createRequest({ MaxFlowNum: 100 }));
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) ids.unshift(await start(code));
    const first = await list({ limit: 2 });
    const second = await list({ limit: 2, cursor: first.NextCursor ?? '' });
    const third = await list({ limit: 2, cursor: second.NextCursor ?? '' });
    expect([first, second, third].flatMap(({ Contracts }) => Contracts.map(({ FlowId }) => FlowId))).toEqual(
      ids,
    );
    expect(third.NextCursor).toBeNull();
    const other = list({ filter: { state: 'ALL' }, cursor: first.NextCursor ?? '' });
    await expect(other).rejects.toThrow(Failure);
  });
});
