import { beforeEach, describe, expect, it } from 'vitest';
import { createManualClock, type ManualClock } from '../clock/manual-clock.test.kit.ts';
import { createNarration, type NarrationOptions } from './narration.ts';

const charged = 'emulator | notification MultiFlowSignQrCodeCost 200 [yDm]';
const chargedFor = (qrCodeId: string) =>
  `emulator | notification MultiFlowSignQrCodeCost 200 [yDm ${qrCodeId}]`;
const idle = 'deliver-events | {"level":"info","message":"done","result":{"delivered":0,"spread":0}}';
const broken = 'database | has failed: no\u001b[2J\nroom';

let clock: ManualClock;
let printed: string[];
beforeEach(() => {
  clock = createManualClock(new Date(2026, 10, 24, 8, 5, 9).getTime());
  printed = [];
});
const narrate = (options: Partial<NarrationOptions> = {}) =>
  createNarration({ print: (line) => printed.push(line), language: 'en', colour: false, clock, ...options });

describe('createNarration', () => {
  it('tells what happens, the same things of a second as one line', () => {
    const narration = narrate();
    narration.begin();
    for (const line of [charged, idle, charged, charged]) narration.log(line);
    clock.advance(1_000);
    narration.log(charged);
    clock.advance(1_000);
    expect(printed).toEqual([
      '08:05:10  ✓ a person scanned: a contract was charged for ×3',
      '08:05:11  ✓ a person scanned: a contract was charged for',
    ]);
  });

  it('prints nothing and waits for nothing while nothing happens', () => {
    const narration = narrate();
    narration.begin();
    for (let second = 0; second < 600; second += 10) {
      narration.log(idle);
      expect(clock.pending()).toBe(0);
      clock.advance(10_000);
    }
    narration.end();
    expect(printed).toEqual([]);
  });

  it('names the codes, each thing of each code in one line, in its order', async () => {
    const asked: (readonly string[])[] = [];
    const namesOf = async (ids: readonly string[]) => {
      asked.push(ids);
      return new Map([
        ['qr-1', 'gate-4'],
        ['qr-2', 'gate-4'],
        ['qr-3', '北门'],
      ]);
    };
    const narration = narrate({ namesOf });
    narration.begin();
    for (const id of ['qr-1', 'qr-3', 'qr-2', 'qr-9']) narration.log(chargedFor(id));
    clock.advance(1_000);
    narration.log(broken);
    clock.advance(1_000);
    await new Promise((resolve) => setImmediate(resolve));
    expect(asked).toEqual([['qr-1', 'qr-3', 'qr-2', 'qr-9']]);
    expect(printed).toEqual([
      '08:05:10  ✓ a person scanned: a contract was charged for [gate-4] ×2',
      '08:05:10  ✓ a person scanned: a contract was charged for [北门]',
      '08:05:10  ✓ a person scanned: a contract was charged for [qr-9]',
      '08:05:11  ✗ database: has failed: no [2J room',
    ]);
  });

  it('shows the id where the names cannot be had, in Chinese before what happened', async () => {
    const namesOf = () => Promise.reject(new Error('away'));
    const narration = narrate({ namesOf, language: 'zh' });
    narration.begin();
    narration.log(chargedFor('qr-1'));
    clock.advance(1_000);
    await new Promise((resolve) => setImmediate(resolve));
    expect(printed).toEqual(['08:05:10  ✓ 「qr-1」有人扫码，合同已扣费']);
  });

  it('speaks Chinese', () => {
    const narration = narrate({ language: 'zh' });
    narration.begin();
    narration.log(charged);
    narration.end();
    expect(printed).toEqual(['08:05:09  ✓ 有人扫码，合同已扣费']);
  });

  it('sets colours where they are wanted, and no line steers the terminal', () => {
    const narration = narrate({ colour: true });
    narration.begin();
    narration.log(charged);
    narration.log(broken);
    narration.end();
    expect(printed).toEqual([
      '\u001b[2m08:05:09\u001b[0m  \u001b[32m✓ a person scanned: a contract was charged for\u001b[0m',
      '\u001b[2m08:05:09\u001b[0m  \u001b[31m✗ database: has failed: no [2J room\u001b[0m',
    ]);
  });

  it('tells of the time before its beginning what went wrong, of that after its end nothing', () => {
    const narration = narrate();
    narration.log(charged);
    narration.log(broken);
    expect(clock.pending()).toBe(0);
    narration.begin();
    expect(printed).toEqual(['08:05:09  ✗ database: has failed: no [2J room']);
    narration.end();
    narration.log(broken);
    expect(clock.pending()).toBe(0);
    expect(printed).toHaveLength(1);
  });
});
