/** What one row of a batch does: once, however often it is begun. */
import { Failure } from '../../errors.ts';
import type { Seal } from '../../world.ts';
import { seconds } from '../../world.ts';
import { cancelCode } from '../life/cancel-code.ts';
import { type CreateCodePorts, createCode } from '../life/create-code.ts';
import { modifyCode } from '../life/modify-code.ts';
import type { RegisterWrites } from '../ports.ts';
import { notFound } from '../reading/code-key.ts';
import type { RegisterReads } from '../reading/ports.ts';
import { reasonText } from '../reasons.ts';
import type { BatchChange, RowClaim, RowCommand, RowResult } from './batch.ts';
import type { BatchQueue } from './ports.ts';
import { journaledFailure } from './row-failure.ts';

export interface RowPorts extends CreateCodePorts {
  register: RegisterWrites & RegisterReads;
  batches: BatchQueue;
  seal: Seal;
}

/**
 * `settled`: written down already, with the change. `unsettled`: the timer of renewals has yet to find out what became of
 * its create. `lost`: another has the row by now.
 */
export type RowOutcome = RowResult | 'settled' | 'unsettled' | 'lost';

/**
 * @param deadlineMs when everything has to be over, epoch milliseconds
 * @throws whatever its work throws
 */
export async function runRow(ports: RowPorts, row: RowClaim, deadlineMs: number): Promise<RowOutcome> {
  if (row.operation === 'Create') return runCreate(ports, row, deadlineMs);
  if (row.isCancelled) return { state: 'cancelled' };
  if (row.operation !== 'Cancel') return runChange(ports, row, row.operation);
  // A wish that was written down before is taken up again; of a code that is dead there is nothing to do.
  await cancelCode(ports, { key: keyOf(row), scope: null, actor: row.actor }, deadlineMs);
  return { state: 'done' };
}

const keyOf = ({ codeId }: RowClaim) => ({ by: 'CodeId', value: codeId }) as const;

/** The code has the id that the row was given beforehand: what was begun is looked for under it, and not sent again. */
async function runCreate(ports: RowPorts, row: RowClaim, deadlineMs: number): Promise<RowOutcome> {
  const { batches, register, seal } = ports;
  if (row.begun) {
    const found = await foundOutcome(ports, row);
    if (found !== undefined) return found;
  }
  if (row.isCancelled) return { state: 'cancelled' };
  // Sealed when the batch was made, from a checked request.
  const command = JSON.parse(seal.open(row.sealed ?? '')) as RowCommand;
  let isLost = false;
  const fenced: RegisterWrites = {
    ...register,
    async noteFirstCreate(code, attempt, leaseMs, slot) {
      const answer = await batches.noteCreate(row.lease, { code, attempt, leaseMs, slot });
      if (answer !== 'lost') return answer;
      isLost = true;
      throw new Failure('StateConflict', { detail: takenOver });
    },
  };
  const { actor, codeId } = row;
  try {
    await createCode({ ...ports, register: fenced }, { ...command, actor, codeId }, deadlineMs);
    return { state: 'done' };
  } catch (error) {
    if (isLost) return 'lost';
    throw error;
  }
}

/** What became of a create that another has begun. Undefined: nothing was written down, so that nothing was sent. */
async function foundOutcome({ register, batches }: RowPorts, row: RowClaim): Promise<RowOutcome | undefined> {
  const record = await register.find(keyOf(row), null);
  if (record === undefined) {
    const refusal = await batches.refusalOf(row.codeId);
    return refusal && journaledFailure(refusal);
  }
  const { code } = record;
  if (code.state === 'Creating') return 'unsettled';
  if (code.current !== null) return { state: 'done' };
  const isUnknown = code.state === 'OutcomeUnknown';
  return {
    state: isUnknown ? 'unknown' : 'failed',
    code: isUnknown ? 'UnknownOutcome' : code.reason.code,
    text: reasonText(code.reason),
    upstreamRequestId: null,
  };
}

/** Of somebody who changes the code at the same time. */
const tries = 3;

/** The change and the note that the row is done are one transaction. */
async function runChange(
  { register, batches, surroundings }: RowPorts,
  row: RowClaim,
  operation: Exclude<BatchChange, 'Cancel'>,
): Promise<RowOutcome> {
  const key = keyOf(row);
  for (let tried = 1; ; tried += 1) {
    const record = await register.find(key, null);
    if (record === undefined) throw notFound();
    const { code } = record;
    if (operation === 'Pause' && code.state === 'Paused') return { state: 'done' };
    let isLost = false;
    const settling: RegisterWrites = {
      ...register,
      async transaction(work) {
        const settled = await batches.settling(row.lease, seconds(surroundings.nowMs()), work);
        if (settled !== undefined) return settled.result;
        isLost = true;
        throw new Failure('StateConflict', { detail: takenOver });
      },
    };
    try {
      const command = { key, scope: null, version: code.version, operation, actor: row.actor };
      await modifyCode({ register: settling, surroundings }, command);
      return 'settled';
    } catch (error) {
      if (isLost) return 'lost';
      if (tried >= tries || !(error instanceof Failure) || error.code !== 'VersionConflict') throw error;
    }
  }
}

const takenOver = {
  zh: '该行已由其他任务接手，请求未发出',
  en: 'Another has taken over the row; nothing was sent',
};
