import { renewAtOnce } from '../../shared/codes/renewal/renew-at-once.ts';
import { receiveNotification, recordRejection } from '../../shared/notifications/receive-notification.ts';
import { createSeal } from '../../shared/runtime/seal.ts';
import { notificationArrivals } from '../../shared/store/notifications/notification-arrivals.ts';
import { claimIfDue } from '../../shared/store/register/leased-codes.ts';
import { connectEarlier, openBasis } from '../basis.ts';
import { renewWhenDue } from '../renew-when-due.ts';
import { callbackHandler, needs } from './callback-handler.ts';

/** Below our own deadline, so that the server says what became of a statement before we stop listening. */
const timeouts = { lockTimeoutMs: 700, statementTimeoutMs: 800 };

const early = connectEarlier(needs);

/** What Tencent posts to: proves who sent it, stores it once, lets it have its effect, answers. */
export const main_handler = callbackHandler((config) => {
  // One event at a time is here: the platform sees to that.
  let deadlineMs = Number.POSITIVE_INFINITY;
  const basis = openBasis(config, { ...timeouts, deadlineMs: () => deadlineMs }, early);
  const { db, surroundings } = basis;
  const ports = {
    notifications: notificationArrivals(db),
    surroundings,
    seal: createSeal(config.REGISTER_KEYS),
  };
  const inbox = {
    receive: receiveNotification.bind(undefined, ports),
    reject: recordRejection.bind(undefined, ports),
  };
  const register = { claimIfDue: claimIfDue(db) };
  const renewFor = renewWhenDue(config, basis, 'callback-handler');
  return {
    inbox(untilMs) {
      deadlineMs = untilMs;
      return inbox;
    },
    async renew(codeId, deadlines, event) {
      deadlineMs = deadlines.endMs;
      await renewAtOnce({ register, surroundings, renew: renewFor(event) }, codeId, deadlines);
    },
  };
});
