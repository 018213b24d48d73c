/** A renewal that does not wait for the timer: by the scan that finds its code due, by the notification that makes it due. */
import { type Surroundings, seconds } from '../../world.ts';
import type { Claim, LinkReads, WhenLocked } from './ports.ts';
import type { RenewalDeadlines } from './renew-code.ts';

export interface RenewAtOncePorts {
  register: Pick<LinkReads, 'claimIfDue'>;
  surroundings: Surroundings;
  /** Makes the successor of a claimed code. What goes wrong is in the journal and the log. */
  renew(claim: Claim, deadlines: RenewalDeadlines): Promise<void>;
}

/** A call that has less is not begun: what is cut off too soon may live without an owner. */
const leastCallMs = 1_500;

/** From the claim to the note that the create is sent, which prolongs it. Database time. */
const claimMs = 30_000;

/**
 * For the one message that makes a code due. Others of its crowd may be counted at that moment: it waits for them.
 *
 * @returns as {@link renewIfFree}
 * @throws QianmaError where it would have to wait for longer than locks may be waited for
 */
export function renewAtOnce(
  ports: RenewAtOncePorts,
  codeId: string,
  deadlines: RenewalDeadlines,
): Promise<boolean> {
  return renewIfDue(ports, codeId, deadlines, 'wait');
}

/**
 * For a scan, which waits for nobody: it has an older code to lead to, and comes again.
 *
 * @returns false: the code is not due, its organisation has no quota, another has it, or there is no time for a call
 */
export function renewIfFree(
  ports: RenewAtOncePorts,
  codeId: string,
  deadlines: RenewalDeadlines,
): Promise<boolean> {
  return renewIfDue(ports, codeId, deadlines, 'skip');
}

/**
 * Makes the successor of a code that is due, under the lease that the timer takes, too, so that it is made once. The
 * timer is the net: what is not made here is found by its next run.
 */
async function renewIfDue(
  { register, surroundings, renew }: RenewAtOncePorts,
  codeId: string,
  deadlines: RenewalDeadlines,
  whenLocked: WhenLocked,
): Promise<boolean> {
  const nowMs = surroundings.nowMs();
  if (deadlines.callMs - nowMs < leastCallMs) return false;
  const claim = await register.claimIfDue(codeId, seconds(nowMs), claimMs, whenLocked);
  if (claim === undefined) return false;
  await renew(claim, deadlines);
  return true;
}
