import type { Code, Generation } from './code.ts';
import { isAlive } from './code.ts';
import { codeEvent } from './events.ts';
import type { RegisterReads, RegisterTransaction, RegisterWrites, Surroundings } from './ports.ts';
import { nextDueS } from './renewal.ts';
import { origin } from './settle-create.ts';
import { changed, seconds } from './transitions.ts';

export interface CountPorts {
  register: RegisterWrites & RegisterReads;
  surroundings: Surroundings;
}

/**
 * Counts contracts that were started with a QR code. The caller sees to it that each is counted once.
 *
 * A generation that has none left is exhausted, and its successor falls due at the threshold of its policy.
 *
 * @returns false if the register does not know the QR code
 */
export async function countUse(ports: CountPorts, qrCodeId: string, started: number): Promise<boolean> {
  const record = await ports.register.find({ by: 'QrCodeId', value: qrCodeId }, null);
  if (record === undefined) return false;
  const { codeId } = record.code;
  return ports.register.transaction((tx) => count(tx, codeId, qrCodeId, started, ports.surroundings));
}

async function count(
  tx: RegisterTransaction,
  codeId: string,
  qrCodeId: string,
  started: number,
  surroundings: Surroundings,
): Promise<boolean> {
  const locked = await tx.lockCode(codeId);
  const before = await tx.lockGeneration(qrCodeId);
  if (locked === undefined || before === undefined) return false;
  const after = counted(before, started);
  await tx.saveGeneration(after);
  const code = withCount(locked.code, after, surroundings.nowMs());
  if (code === locked.code) return true;
  await tx.saveCode(code, 'keep');
  if (code.state === 'Exhausted' && locked.code.state !== 'Exhausted') {
    await tx.emit(codeEvent('code.exhausted', code, origin(surroundings)));
  }
  return true;
}

function counted(generation: Generation, started: number): Generation {
  const used = generation.used + started;
  const exhausted = used >= generation.maxFlowNum && isAlive(generation);
  return { ...generation, used, state: exhausted ? 'exhausted' : generation.state };
}

/** The code after a count of its current generation; the same object where nothing follows from it. */
function withCount(before: Code, generation: Generation, nowMs: number): Code {
  if (before.current?.number !== generation.number) return before;
  const counted = { ...before, current: generation };
  const dueAtS = earlier(before.dueAtS, dueByCount(before, counted, seconds(nowMs)));
  if (generation.state === 'exhausted' && before.state === 'Active') {
    const reason = { code: dueAtS === null ? 'Exhausted' : 'ExhaustedSuccessorDue' } as const;
    return changed(counted, { state: 'Exhausted', reason, dueAtS }, nowMs);
  }
  return dueAtS === before.dueAtS ? before : { ...counted, dueAtS };
}

/** A renewal that is waiting after a failure is not woken by every scan, only by a threshold that is passed. */
function dueByCount(before: Code, counted: Code, nowS: number): number | null {
  const dueBefore = nextDueS(before, nowS);
  const due = nextDueS(counted, nowS);
  return due !== null && (dueBefore === null || due < dueBefore) ? due : null;
}

function earlier(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}
