/**
 * A process that renews what is due, or makes one code, until it is killed. It says when it has come to the step at
 * which it is to die, and does nothing more.
 */
import { once } from 'node:events';
import { QianmaError } from '../../../errors.ts';
import { createCode } from '../../life/create-code.ts';
import { runRenewals } from '../../renewal/run-renewals.ts';
import { mortal } from '../mortal.ts';
import { createOf } from './chaos-codes.ts';
import { openProcessPorts } from './process-ports.ts';
import type { WorkerMessage, WorkerPlan } from './worker-process.ts';

const plan = JSON.parse(process.env['CHAOS_PLAN'] ?? 'null') as WorkerPlan; // written by startWorker
const { db, ports: immortal } = openProcessPorts({ ...plan, aheadMs: () => plan.aheadMs });
const { ports, steps } = mortal(immortal, async ({ number, inTransaction }) => {
  if (number !== plan.stopAtStep) return;
  if (!plan.thaws) await stopDead();
  // The server rolls back what is frozen in a transaction: for the register that is a kill.
  else if (!inTransaction) await freeze();
});
const deadlineMs = () => ports.surroundings.nowMs() + 60_000;

function tell(message: WorkerMessage): Promise<void> {
  return new Promise((resolve) => process.send?.(message, () => resolve()));
}

/** The whole process, not this work alone: nothing else of it may go on either. */
async function stopDead(): Promise<never> {
  await tell({ kind: 'at-step' });
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  throw new Error('A process that is stopped does not go on');
}

async function freeze(): Promise<void> {
  const told = once(process, 'message');
  await tell({ kind: 'at-step' });
  await told;
}

async function work(): Promise<void> {
  if (plan.create === undefined) {
    await runRenewals(ports, { deadlineMs: deadlineMs(), concurrency: plan.concurrency });
  } else await createCode(ports, createOf(plan.create), deadlineMs());
}

process.once('message', async () => {
  try {
    await work();
    await tell({ kind: 'ended', steps: steps() });
  } catch (error) {
    const code = error instanceof QianmaError ? error.code : String(error);
    await tell({ kind: 'ended', steps: steps(), error: code });
  }
  await db.close();
  process.exit();
});
await tell({ kind: 'ready' });
