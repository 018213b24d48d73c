import { beforeEach, describe, expect, it } from 'vitest';
import { createEmulator } from '../create-emulator.ts';
import { exampleAgent } from '../seeds/organisations.ts';
import type { SignCode } from './entities.ts';
import type { Snapshot } from './snapshot.ts';

const emulator = createEmulator({ seed: 1, startMs: Date.parse('2026-11-24T00:00:00Z'), speed: 0 });
const nowS = Date.parse('2026-11-24T00:00:00Z') / 1000;

beforeEach(() => emulator.reset());

/** Puts a code with these traits into the emulator. */
function given(traits: Partial<SignCode>): string {
  const snapshot: Snapshot = emulator.snapshot();
  const [seeded] = snapshot.codes;
  if (seeded === undefined) throw new Error('The emulator is seeded with codes');
  const { cancelledAtS: _, ...alive } = seeded;
  snapshot.codes.push({ ...alive, QrCodeId: 'mine', maxFlowNum: 3, ...traits });
  emulator.restore(snapshot);
  return 'mine';
}

const zhang = { Name: '张三', Mobile: '13800009527', IdCardType: 'ID_CARD', IdCardNumber: '1' } as const;
const li = { Name: '李四', Mobile: '13900000000' } as const;

describe('a scan', () => {
  it('starts a contract, and counts it for the code and for the organisation', () => {
    const report = emulator.scan(given({ FlowName: '入职合同' }));
    expect(report).toEqual({
      Started: [
        {
          FlowId: expect.stringMatching(/^yD[A-Za-z0-9]{30}$/),
          FlowName: '入职合同',
          CreatedOn: nowS,
          DeadLine: nowS + 7 * 86_400,
        },
      ],
      Used: 1,
      MaxFlowNum: 3,
      Quota: 99_999,
    });
  });

  it('is refused once the code has started as many contracts as it may', () => {
    expect(emulator.scan(given({}), { count: 5 })).toMatchObject({
      Started: { length: 3 },
      Refused: { count: 2, reason: 'used-up' },
      Used: 3,
    });
  });

  it('is refused when time is over', () => {
    const QrCodeId = given({ expiresAtS: nowS + 10 });
    emulator.clock.advance(9999);
    expect(emulator.scan(QrCodeId)).not.toHaveProperty('Refused');
    emulator.clock.advance(1);
    expect(emulator.scan(QrCodeId)).toMatchObject({ Started: [], Refused: { reason: 'expired' } });
  });

  it('is refused when the organisation has nothing left, though the code lives on', () => {
    const QrCodeId = given({});
    emulator.organisations.setQuota(exampleAgent, 1);
    expect(emulator.scan(QrCodeId, { count: 2 })).toMatchObject({
      Started: { length: 1 },
      Refused: { count: 1, reason: 'no-quota' },
      Quota: 0,
    });
    emulator.organisations.setQuota(exampleAgent, 5);
    expect(emulator.scan(QrCodeId)).toMatchObject({ Started: { length: 1 }, Used: 2 });
  });

  it('is open to those alone who match a restriction in every trait that it names', () => {
    const QrCodeId = given({
      restrictions: [
        { Name: '张三', Mobile: '13800009527' },
        { Name: '王五', Mobile: '' },
      ],
    });
    expect(emulator.scan(QrCodeId)).toMatchObject({ Refused: { reason: 'person-needed' } });
    expect(emulator.scan(QrCodeId, { person: li })).toMatchObject({ Refused: { reason: 'not-permitted' } });
    const namesake = { ...zhang, Mobile: '13700000000' };
    expect(emulator.scan(QrCodeId, { person: namesake })).toMatchObject({
      Refused: { reason: 'not-permitted' },
    });
    expect(emulator.scan(QrCodeId, { person: zhang })).not.toHaveProperty('Refused');
    expect(emulator.scan(QrCodeId, { person: { Name: '王五' } })).not.toHaveProperty('Refused');
  });

  it('is possible once per person where the code says so, for which the code keeps nobody by name', () => {
    const QrCodeId = given({ forbidPersonalMultipleSign: true });
    expect(emulator.scan(QrCodeId, { person: zhang, count: 2 })).toMatchObject({
      Started: { length: 1 },
      Refused: { count: 1, reason: 'scanned-before' },
    });
    expect(emulator.scan(QrCodeId, { person: li })).not.toHaveProperty('Refused');
    expect(JSON.stringify(emulator.codes.list())).not.toContain('张三');
  });

  it('names the contract after the person where the code says so', () => {
    const QrCodeId = given({ flowNameAppendScannerInfo: true, FlowName: '入职合同' });
    expect(emulator.scan(QrCodeId, { person: zhang }).Started[0]?.FlowName).toBe('入职合同-张三-9527');
    expect(emulator.scan(QrCodeId).Started[0]?.FlowName).toBe('入职合同');
  });

  it('of a code that nobody has is an error', () => {
    expect(() => emulator.scan('unknown')).toThrow(/NotFound/);
  });
});
