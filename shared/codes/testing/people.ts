import { Failure, QianmaError } from '../../errors.ts';
import { cancelCode } from '../life/cancel-code.ts';
import { createCode } from '../life/create-code.ts';
import { type ModifyCommand, modifyCode } from '../life/modify-code.ts';
import type { EmulatedWorld } from './emulated-world.ts';
import type { RunPorts } from './world.ts';

/** What people did. Everything else follows from it, or from upstream. */
export interface Wishes {
  /** The codes in the order of their creation. */
  codes: WishedCode[];
}

export interface WishedCode {
  codeId: string;
  /** What people want of it. */
  wish: 'run' | 'pause' | 'end';
}

/** What a caller may get. A defect reaches no caller and fails the test. */
async function refusable<T>(work: Promise<T>): Promise<T | QianmaError> {
  return work.catch((error: unknown) => {
    if (error instanceof QianmaError && error.code !== 'InternalFailure') return error;
    throw error;
  });
}

/** What people do with codes, and how that changes what they wish. */
export function peopleOf(world: EmulatedWorld) {
  async function create(wishes: Wishes, using: RunPorts): Promise<void> {
    const command = { request: world.nextRequest(), actor: 'key:test' };
    const created = await refusable(createCode(using, command, world.deadlineMs()));
    const codeId = created instanceof QianmaError ? created.members['CodeId'] : created.code.codeId;
    if (codeId !== undefined) wishes.codes.push({ codeId: String(codeId), wish: 'run' });
  }

  async function modify(codeId: string, changes: Partial<ModifyCommand>) {
    const { version } = (await world.record(codeId)).code;
    const key = { by: 'CodeId', value: codeId } as const;
    return refusable(modifyCode(world.ports, { key, scope: null, version, actor: 'key:test', ...changes }));
  }

  async function scan({ codeId }: WishedCode, people: number): Promise<void> {
    const { generations } = await world.record(codeId);
    for (const { qrCodeId } of generations) {
      const { Started } = world.emulator.scan(qrCodeId, { count: people });
      if (Started.length > 0) await world.receiver.charge(qrCodeId, Started.length);
    }
  }

  async function pause(code: WishedCode): Promise<void> {
    const paused = await modify(code.codeId, { operation: 'Pause' });
    if (!(paused instanceof Failure)) code.wish = 'pause';
  }

  async function resume(code: WishedCode): Promise<void> {
    const resumed = await modify(code.codeId, { operation: 'Resume' });
    if (!(resumed instanceof Failure)) code.wish = 'run';
  }

  async function switchRenewal({ codeId }: WishedCode): Promise<void> {
    const { Enabled } = (await world.record(codeId)).code.policy;
    await modify(codeId, { policy: { Enabled: !Enabled, Predecessor: Enabled ? 'cancel' : 'expire' } });
  }

  async function cancel(code: WishedCode): Promise<void> {
    const key = { by: 'CodeId', value: code.codeId } as const;
    await refusable(cancelCode(world.ports, { key, scope: null, actor: 'key:test' }, world.deadlineMs()));
    if ((await world.record(code.codeId)).code.state === 'Cancelled') code.wish = 'end';
  }

  /** What a person can do about a code that does not run. */
  async function bringBack(codeId: string): Promise<void> {
    if ((await world.record(codeId)).code.state === 'Paused') await modify(codeId, { operation: 'Resume' });
    await modify(codeId, { operation: 'RenewNow' });
    await world.tick();
  }

  return { create, modify, scan, pause, resume, switchRenewal, cancel, bringBack };
}
