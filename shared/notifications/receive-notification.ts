import { usageThresholds } from '../codes/count-use.ts';
import type { Surroundings } from '../codes/ports.ts';
import { Failure, QianmaError } from '../errors.ts';
import { effectOf } from './effects/effects.ts';
import type { NotificationRoute, Receipt, ReceivedNotification, Rejection } from './notification.ts';
import type {
  Locator,
  NewNotification,
  NotificationPorts,
  NotificationTransaction,
  Settlement,
  Verdict,
} from './ports.ts';
import { readMessage, type ToldMessage } from './read-message.ts';

/**
 * Stores a notification and lets it have its effect, both in one transaction. Where the effect alone fails, the
 * notification is stored all the same, and its effect is tried again later.
 *
 * @throws Failure it could not be stored: then it must not be answered 200, so that Tencent sends it again
 */
export async function receiveNotification(
  ports: NotificationPorts,
  received: ReceivedNotification,
): Promise<Receipt> {
  const { notifications, surroundings } = ports;
  const told = readMessage(received.message, received.receivedAtMs);
  const arrival = { told, notification: newNotification(ports, received, told) };
  const verdict =
    (await storeQuietUse(ports, arrival)) ??
    (await notifications
      .transaction((tx) => storeAndApply(tx, arrival, surroundings))
      .catch((error: unknown) => storeAlone(ports, arrival, error)));
  if (verdict !== undefined) return { notificationId: arrival.notification.notificationId, ...verdict };
  const original = await notifications.countCopy(received.message.msgId);
  if (original === undefined)
    throw new Failure('InternalFailure', { detail: 'A notification is gone again' });
  return { notificationId: original.notificationId, outcome: 'duplicate', reason: { code: 'AlreadyHere' } };
}

/** Notes that a request was turned away. Of a flood of them a bounded number of rows is kept. */
export async function recordRejection(
  { notifications }: NotificationPorts,
  rejection: Rejection,
): Promise<void> {
  await notifications.reject(rejection);
}

interface Arrival {
  readonly told: ToldMessage;
  readonly notification: NewNotification;
}

/**
 * The usual case costs one round trip to the database; undefined: it is another case, and nothing was written. What
 * goes wrong with it goes the longer way, which knows what to do. Only where the database is away it may have happened:
 * then the message comes again.
 */
async function storeQuietUse(
  { notifications }: NotificationPorts,
  { told, notification }: Arrival,
): Promise<Verdict | undefined> {
  const { isUseAlone, presumed } = effectOf(notification.message.msgType);
  if (!isUseAlone?.(told)) return undefined;
  const { located } = presumed;
  const locator = locatorOf(notification.route, told);
  try {
    const isStored = await notifications.storeQuietUse(notification, locator, located, usageThresholds);
    return isStored ? located : undefined;
  } catch (error) {
    if (error instanceof Failure && error.code === 'DatabaseUnavailable') throw error;
    return undefined;
  }
}

async function storeAndApply(
  tx: NotificationTransaction,
  { told, notification }: Arrival,
  surroundings: Surroundings,
): Promise<Verdict | undefined> {
  const { message, notificationId, route } = notification;
  const { msgType } = message;
  const { presumed, apply } = effectOf(msgType);
  const facts = await tx.store(notification, locatorOf(route, told), presumed);
  if (facts === undefined) return undefined;
  const settlement = await apply({ tx, msgType, route, told, facts, surroundings });
  const written = facts.located ? presumed.located : presumed.otherwise;
  if (!stands(written, settlement, facts.located?.codeId)) {
    const nowS = Math.floor(surroundings.nowMs() / 1000);
    const dueAtS = settlement.outcome === 'pending' ? nowS + firstPauseS : null;
    await tx.settle(notificationId, { dueAtS, ...settlement }, nowS);
  }
  const { outcome, reason } = settlement;
  return { outcome, reason };
}

/** Is what was written down with the message what became of it? */
function stands(
  written: Verdict,
  { outcome, reason, about }: Settlement,
  codeId: string | undefined,
): boolean {
  const isSame = written.outcome === outcome && written.reason.code === reason.code;
  return isSame && reason.facts === undefined && (about?.codeId === codeId || about === undefined);
}

/** A failed effect is tried again after this long for the first time. */
const firstPauseS = 60;

/** In a transaction of its own: the one that failed is rolled back. Who cannot reach the database stores nothing. */
async function storeAlone(
  { notifications }: NotificationPorts,
  { notification }: Arrival,
  error: unknown,
): Promise<Verdict | undefined> {
  if (error instanceof Failure && error.code === 'DatabaseUnavailable') throw error;
  const pending = {
    outcome: 'pending',
    reason: { code: 'EffectFailed', facts: { error: codeOf(error) } },
  } as const;
  const stored = await notifications.transaction((tx) =>
    tx.store(notification, nowhere, { located: pending, otherwise: pending }),
  );
  return stored && pending;
}

/** Finds nothing, and locks nothing. */
export const nowhere: Locator = { route: { kind: 'application' }, qrCodeIds: [], flowId: null };

/** Codes alone: a message of a foreign error may hold anything. */
export function codeOf(error: unknown): string {
  return error instanceof QianmaError ? error.code : 'InternalFailure';
}

export function locatorOf(
  route: NotificationRoute,
  { callbackRoute, qrCodeIds, flowId }: ToldMessage,
): Locator {
  const isRepeated = route.kind === 'application' && callbackRoute !== null;
  return { route: isRepeated ? { kind: 'code', ...callbackRoute } : route, qrCodeIds, flowId };
}

function newNotification(
  { surroundings, seal }: NotificationPorts,
  { message, raw, ...received }: ReceivedNotification,
  { occurrence, flowId, flowStatus }: ToldMessage,
): NewNotification {
  const { msgId, msgType, msgVersion } = message;
  const isClear = received.keyIndex === null;
  return {
    ...received,
    notificationId: surroundings.ids.id(),
    message: { msgId, msgType, msgVersion },
    body: isClear ? sealed(seal, raw.body) : raw.body,
    bodySealed: isClear,
    contentSignature: raw.contentSignature,
    occurredAtS: occurrence.atS,
    occurredFrom: occurrence.from,
    flowId,
    flowStatus: msgType === 'FlowStatusChange' ? flowStatus : null,
  };
}

/** Without a key a body in clear is not kept: it may name people. */
function sealed(seal: NotificationPorts['seal'], body: string): string | null {
  try {
    return seal.seal(body);
  } catch (error) {
    if (error instanceof Failure && error.code === 'Misconfigured') return null;
    throw error;
  }
}
