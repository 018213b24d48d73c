/** Where a stable link leads. Whoever scans is waiting: a successor that is due is made now, not at the next minute. */
import { pause, type Surroundings, seconds } from '../../world.ts';
import { browserLink, type CodeState } from '../code.ts';
import { mayTryScan } from '../quota/scan-trial.ts';
import type { Gate } from '../reading/ports.ts';
import type { LinkedCode, LinkReads } from './ports.ts';
import { type RenewAtOncePorts, renewIfFree } from './renew-at-once.ts';
import { decideRenewal, isUsable, type RenewalCause } from './renewal.ts';

export interface FollowPorts extends RenewAtOncePorts {
  register: LinkReads;
}

export interface LookPorts {
  register: Pick<LinkReads, 'followed'>;
  surroundings: Clock;
}

type Clock = Pick<Surroundings, 'nowMs'>;

/** `later`: nothing can be scanned now, and that may change without a new poster. */
export type Followed =
  | { kind: 'leads'; link: string }
  | { kind: 'later' | 'ended'; state: CodeState; gate: Gate }
  | { kind: 'unknown' };

/** For how long those who scan wait for a successor that somebody else is making. */
const patienceMs = 2_000;
const lookAgainMs = 100;

/** Longest time for the call of upstream. A person waits; and what is cut off too soon may live without an owner. */
const callMs = 6_000;
/** Of the time of the event: for writing down what was answered. */
const settlingMs = 2_000;

/**
 * The usual link takes one look into the register. A link whose code is due makes the successor first, once. Those who
 * come meanwhile wait for it; but where it is only time that runs out, there is enough for them all in what can still be
 * scanned.
 *
 * @param deadlineMs when the event has to be over, epoch milliseconds
 */
export async function followLink(ports: FollowPorts, slug: string, deadlineMs: number): Promise<Followed> {
  const { register, surroundings } = ports;
  const code = await register.followed(slug);
  if (code === undefined) return { kind: 'unknown' };
  const cause = causeOf(code, surroundings);
  if (cause === undefined) return answerFor(code, surroundings);
  const callDeadlineMs = Math.min(surroundings.nowMs() + callMs, deadlineMs - settlingMs);
  const deadlines = { callMs: callDeadlineMs, endMs: deadlineMs };
  if (await renewIfFree(ports, code.codeId, deadlines)) {
    return answerFor((await register.followed(slug)) ?? code, surroundings);
  }
  if (cause === 'expiry' && leads(code, surroundings)) return answerFor(code, surroundings);
  return awaitSuccessor(ports, slug, code, deadlineMs);
}

/** Where a link leads as things are: what following it would do is not done. */
export async function lookAtLink({ register, surroundings }: LookPorts, slug: string): Promise<Followed> {
  const code = await register.followed(slug);
  return code === undefined ? { kind: 'unknown' } : answerFor(code, surroundings);
}

/** Why a successor is due, if it is. */
function causeOf(code: LinkedCode, { nowMs }: Surroundings): RenewalCause | undefined {
  const nowS = seconds(nowMs());
  const isTime = code.dueAtS !== null && code.dueAtS <= nowS;
  const decision = decideRenewal(code, nowS);
  return isTime && !code.isBlocked && decision.kind === 'renew' ? decision.cause : undefined;
}

async function awaitSuccessor(
  { register, surroundings }: FollowPorts,
  slug: string,
  before: LinkedCode,
  deadlineMs: number,
): Promise<Followed> {
  const untilMs = Math.min(surroundings.nowMs() + patienceMs, deadlineMs);
  let code = before;
  // Due no longer: the successor is there, or whoever was making it has failed.
  while (causeOf(code, surroundings) !== undefined && surroundings.nowMs() + lookAgainMs < untilMs) {
    await pause(surroundings, lookAgainMs);
    code = (await register.followed(slug)) ?? code;
  }
  return answerFor(code, surroundings);
}

/** States in which the link leads to a generation that can be scanned. */
const leading: readonly CodeState[] = ['Active', 'Failed'];

function leads(code: LinkedCode, { nowMs }: Clock): boolean {
  return leading.includes(code.state) && isUsable(code, seconds(nowMs()));
}

function answerFor(code: LinkedCode, surroundings: Clock): Followed {
  const { gate, quotaLack } = code;
  const state = code.state === 'Active' && code.isBlocked ? 'QuotaBlocked' : code.state;
  if (!leads(code, surroundings)) {
    return { kind: mayComeBack(code, surroundings) ? 'later' : 'ended', state, gate };
  }
  const link = browserLink(code.current?.urls ?? {});
  // A generation without any address will not get one.
  if (link === undefined) return { kind: 'ended', state, gate };
  if (quotaLack !== null && !mayTryScan(quotaLack, seconds(surroundings.nowMs()))) {
    return { kind: 'later', state: 'QuotaBlocked', gate };
  }
  return { kind: 'leads', link };
}

/** Will there be something to scan again: by itself, or because a person tops up or resumes? */
function mayComeBack(code: LinkedCode, { nowMs }: Clock): boolean {
  const nowS = seconds(nowMs());
  switch (code.state) {
    case 'Creating':
      return true;
    case 'Paused':
      // Resumed, it is as it would be if it had never been paused.
      return isUsable(code, nowS) || decideRenewal({ ...code, state: 'Active' }, nowS).kind !== 'stop';
    case 'Cancelled':
      return false;
    default:
      return code.dueAtS !== null && decideRenewal(code, nowS).kind !== 'stop';
  }
}
