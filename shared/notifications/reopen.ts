/** Giving a stored notification the effect that it has not had. */
import { grownPauseS, seconds } from '../world.ts';
import { effectOf } from './effects/effects.ts';
import type { NotificationMessage, Outcome, StoredNotification } from './notification.ts';
import type { ReopenPorts, Settlement, Verdict } from './ports.ts';
import { readMessage } from './read-message.ts';
import { codeOf, locatorOf, nowhere } from './receive-notification.ts';

/** The pause before the next try grows to this at the most. Seconds. */
const longestPauseS = 6 * 3600;
const shortestPauseS = 60;
/** After about a day of tries in vain a person has to look. */
const mostTries = 12;

/**
 * Opens a stored notification and lets it have its effect, if it still is in one of `among`. What fails is written
 * down with it.
 *
 * @returns undefined: it had its effect before, or is not there
 */
export async function applyStored(
  ports: ReopenPorts,
  stored: StoredNotification,
  among: readonly Outcome[],
): Promise<Verdict | undefined> {
  const { notifications, surroundings } = ports;
  const nowS = () => seconds(surroundings.nowMs());
  /** It may have had its effect after all: an error can be the loss of the answer to a commit. */
  const giveUp = (settlement: Settlement) =>
    notifications.transaction(async (tx) => {
      const facts = await tx.reconsider(stored.notificationId, nowhere, among);
      if (facts === undefined) return undefined;
      const { reason } = settlement;
      // What was kept for a good reason stays so.
      if (stored.outcome === 'kept') return { outcome: stored.outcome, reason };
      await tx.settle(stored.notificationId, settlement, nowS());
      return { outcome: settlement.outcome, reason };
    });
  try {
    const opened = await open(ports, stored);
    if ('outcome' in opened) return await giveUp(opened);
    if (opened.message === undefined)
      return await giveUp(waiting(stored, { code: 'BodyUnreadable' }, nowS()));
    const content = readMessage(opened.message, stored.receivedAtS * 1000);
    return await notifications.transaction(async (tx) => {
      const { msgType, route, notificationId } = stored;
      const facts = await tx.reconsider(notificationId, locatorOf(route, content), among);
      if (facts === undefined) return undefined;
      const settlement = await effectOf(msgType).apply({ tx, msgType, route, content, facts, surroundings });
      const isOpen = settlement.outcome === 'pending';
      const written = isOpen ? waiting(stored, settlement.reason, nowS()) : settlement;
      await tx.settle(notificationId, written, nowS());
      if (facts.contract?.isForgotten) await tx.forgetContent(notificationId);
      return { outcome: written.outcome, reason: written.reason };
    });
  } catch (error) {
    const reason = { code: 'EffectFailed', facts: { error: codeOf(error) } } as const;
    return giveUp(waiting(stored, reason, nowS()));
  }
}

/** What is stored, opened. Keys may be missing for a while only; content that is gone does not come back. */
async function open(
  ports: ReopenPorts,
  stored: StoredNotification,
): Promise<{ message: NotificationMessage | undefined } | Settlement> {
  const kept = await ports.notifications.body(stored.notificationId);
  if (kept === undefined) return { outcome: 'failed', reason: { code: 'BodyGone' } };
  const { sealed, ...body } = kept;
  return { message: ports.reopen(sealed ? { ...body, body: ports.seal.open(body.body) } : body) };
}

/** One more try in vain. */
function waiting({ failures }: StoredNotification, reason: Verdict['reason'], nowS: number): Settlement {
  const tries = failures + 1;
  if (tries >= mostTries) {
    const { error = reason.code } = reason.facts ?? {};
    return {
      outcome: 'failed',
      reason: { code: 'EffectGivenUp', facts: { failures: tries, error } },
      failures: tries,
    };
  }
  const pauseS = grownPauseS(tries, shortestPauseS, longestPauseS);
  return { outcome: 'pending', reason, failures: tries, dueAtS: nowS + pauseS };
}
