import { QianmaError } from '../../errors.ts';
import { abandoned } from '../life/abandoned-create.ts';
import type { CallFailure } from '../life/call-failure.ts';
import { noteFailure } from '../life/settle-create.ts';
import { postponed } from '../life/transitions.ts';
import type { GenerationTransaction, Lease } from '../ports.ts';
import type { RenewPorts } from './renew-code.ts';

/**
 * A code whose renewal threw is tried again later, and is no longer the first that is due. What it may have made
 * upstream is a possible orphan, and is ended where its id is known. A row that cannot even be written keeps its lease
 * until it ends by itself.
 */
export async function setBack(
  { register, surroundings }: Pick<RenewPorts, 'register' | 'surroundings'>,
  lease: Lease,
  error: unknown,
): Promise<void> {
  async function work(tx: GenerationTransaction): Promise<void> {
    const locked = await tx.lockCode(lease.codeId);
    if (locked === undefined || locked.leaseToken !== lease.token) return;
    for (const open of await tx.openCreates(lease.codeId)) {
      const failure = failureOf(error);
      if (open.state === 'sent') await noteFailure(tx, open, failure, surroundings);
      else await tx.saveAttempt(abandoned(open, surroundings));
    }
    const { code } = locked;
    const facts = { error: codeOf(error), failures: code.failures + 1 };
    const reason = { code: 'RenewalTransient', facts } as const;
    await tx.saveCode(postponed(code, reason, surroundings.nowMs(), surroundings.random()), 'release');
  }
  await register.transaction(work).catch(() => undefined);
}

/** Of a create that was sent, and whose answer could not be written down if one came. */
function failureOf(error: unknown): CallFailure {
  const known = error instanceof QianmaError ? error : undefined;
  const made = known?.members['QrCodeId'];
  return {
    outcome: 'unknown',
    kind: 'passing',
    mayHaveEffect: true,
    errorCode: codeOf(error),
    upstreamRequestId: known?.upstreamRequestId ?? null,
    qrCodeId: typeof made === 'string' ? made : null,
    error,
  };
}

function codeOf(error: unknown): string {
  return error instanceof QianmaError ? error.code : 'InternalFailure';
}
