import { describe, expect, it } from 'vitest';
import { emulatorWithReceiver, startMs } from './receiver.test.kit.ts';

const person = {
  Name: '钱虚构',
  Mobile: '10000000002',
  IdCardType: 'ID_CARD',
  IdCardNumber: '000000',
} as const;

/** The messages about a contract between its start and its end. */
async function story(
  live: (emulator: ReturnType<typeof emulatorWithReceiver>['emulator'], FlowId: string) => void,
) {
  const { emulator, giveCode, received } = emulatorWithReceiver();
  const QrCodeId = giveCode({ callbackUrl: 'http://receiver.test/code' });
  const FlowId = emulator.scan(QrCodeId, { person }).Started[0]?.FlowId ?? '';
  await emulator.callbacks.deliverDue();
  emulator.clock.advance(60_000);
  live(emulator, FlowId);
  await emulator.callbacks.deliverDue();
  const told = received().filter(({ MsgType }) => MsgType === 'FlowStatusChange');
  return { FlowId, told: told.map(({ MsgData }) => MsgData) };
}

describe('FlowStatusChange', () => {
  it('has every member of the documented kind when a contract starts', async () => {
    const { told, FlowId } = await story(() => {});
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({
      FlowId,
      CallbackType: 'sign',
      CallbackUrl: 'http://receiver.test/code',
      CreateOn: startMs / 1000,
      DeadLine: startMs / 1000 + 7 * 86_400,
      FlowCallbackStatus: 1,
      FlowCallbackShowStatus: 'INIT',
      Operate: 'start',
      OccurTime: startMs / 1000,
      Approvers: [
        {
          ApproverType: 1,
          ApproverName: person.Name,
          ApproverMobile: person.Mobile,
          ApproverIdCardNumber: person.IdCardNumber,
          ApproverIdCardTypeDesc: '居民身份证',
          ApproveCallbackStatus: 2,
          ApproveCallbackShowStatus: 'PENDING',
        },
        { ApproverType: 0, ApproverName: '', ApproveCallbackStatus: 2 },
      ],
    });
    expect(Object.keys(told[0] ?? {}).sort()).toEqual(
      [
        ...['Approvers', 'CallbackType', 'CallbackUrl', 'CcInfos', 'CreateOn', 'DeadLine', 'DocumentId'],
        ...['FlowCallbackShowStatus', 'FlowCallbackStatus', 'FlowDescription', 'FlowId', 'FlowMessage'],
        ...['FlowName', 'FlowType', 'OccurTime', 'Operate', 'OrganizationId', 'ProxyOrganizationOpenId'],
        ...['RecipientId', 'ReleaseFlowId', 'TemplateId', 'Unordered', 'UpdatedOn', 'UserData'],
        ...['UserFlowType', 'UserId'],
      ].sort(),
    );
  });

  it('is sent for each signature, and with the last one twice: sign and finish, both complete', async () => {
    const { told } = await story((emulator, FlowId) => void emulator.contracts.act(FlowId, 'sign'));
    const facts = told.map(({ Operate, FlowCallbackStatus, OccurTime }) => [
      Operate,
      FlowCallbackStatus,
      OccurTime,
    ]);
    const [startS, laterS] = [startMs / 1000, startMs / 1000 + 60];
    expect(facts).toEqual([
      ['start', 1, startS],
      ['sign', 2, laterS],
      ['sign', 4, laterS],
      ['finish', 4, laterS],
    ]);
    expect(told.at(-1)?.['Approvers']).toMatchObject([
      { ApproveCallbackShowStatus: 'ACCEPT', ApproveTime: laterS },
      { ApproveCallbackShowStatus: 'ACCEPT', ApproveTime: laterS },
    ]);
  });

  it.each([
    ['reject', 'reject', 3, 'REJECT'],
    ['expire', 'deadline', 5, 'DEADLINE'],
    ['cancel', 'cancel', 6, 'CANCEL'],
    ['invalidate', 'invalid', 16, 'INVALID'],
  ] as const)('is sent once when somebody should %s', async (act, Operate, FlowCallbackStatus, state) => {
    const { told } = await story((emulator, FlowId) => void emulator.contracts.act(FlowId, act));
    expect(told.slice(1)).toMatchObject([{ Operate, FlowCallbackStatus, FlowCallbackShowStatus: state }]);
  });

  it('is sent at the deadline, stamped with it', async () => {
    const { told } = await story((emulator) => emulator.clock.advance(30 * 86_400_000));
    expect(told.slice(1)).toMatchObject([
      { Operate: 'deadline', FlowCallbackStatus: 5, OccurTime: startMs / 1000 + 7 * 86_400 },
    ]);
  });

  it('is not sent when a contract that has ended is signed', async () => {
    const { told } = await story((emulator, FlowId) => {
      emulator.contracts.act(FlowId, 'cancel');
      expect(() => emulator.contracts.act(FlowId, 'sign')).toThrow(/StateConflict.*CANCEL/);
      expect(() => emulator.contracts.act('unknown', 'sign')).toThrow(/NotFound/);
    });
    expect(told).toHaveLength(2);
  });
});
