import { usageThresholds } from '../codes/quota/count-use.ts';
import { Failure, QianmaError } from '../errors.ts';
import { defined, type Surroundings, seconds } from '../world.ts';
import { effectOf } from './effects/effects.ts';
import type { NotificationRoute, Receipt, ReceivedNotification, Rejection } from './notification.ts';
import { notificationIdOf } from './notification-id.ts';
import type {
  Locator,
  NewNotification,
  NotificationPorts,
  NotificationTransaction,
  Settlement,
  Verdict,
} from './ports.ts';
import { type MessageContent, readMessage } from './read-message.ts';

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
  const content = readMessage(received.message, received.receivedAtMs);
  const arrival = { content, notification: newNotification(ports, received, content) };
  const verdict =
    (await storeQuietUse(ports, arrival)) ??
    (await notifications
      .transaction((tx) => storeAndApply(tx, arrival, surroundings))
      .catch((error: unknown) => storeAlone(ports, arrival, error)));
  if (verdict !== undefined) return { notificationId: arrival.notification.notificationId, ...verdict };
  const original = await notifications.countCopy(received.message.msgId);
  // That it came is known for longer than the rest of it.
  const notificationId = original ?? arrival.notification.notificationId;
  return { notificationId, outcome: 'duplicate', reason: { code: 'AlreadyHere' } };
}

/** Notes that a request was turned away. Of a flood of them a bounded number of rows is kept. */
export async function recordRejection(
  { notifications }: NotificationPorts,
  rejection: Rejection,
): Promise<void> {
  await notifications.reject(rejection);
}

interface Arrival {
  readonly content: MessageContent;
  readonly notification: NewNotification;
}

/**
 * The usual case costs one round trip to the database; undefined: it is another case, and nothing was written. What
 * goes wrong with it goes the longer way, which knows what to do. Only where the database is away it may have happened:
 * then the message comes again.
 */
async function storeQuietUse(
  { notifications }: NotificationPorts,
  { content, notification }: Arrival,
): Promise<Verdict | undefined> {
  const { isUseAlone, presumed } = effectOf(notification.message.msgType);
  if (!isUseAlone?.(content)) return undefined;
  const { located } = presumed;
  const locator = locatorOf(notification.route, content);
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
  { content, notification }: Arrival,
  surroundings: Surroundings,
): Promise<Omit<Receipt, 'notificationId'> | undefined> {
  const { message, notificationId, route } = notification;
  const { msgType } = message;
  const { presumed, apply } = effectOf(msgType);
  const facts = await tx.store(notification, locatorOf(route, content), presumed);
  if (facts === undefined) return undefined;
  const { madeDue, ...settlement } = await apply({ tx, msgType, route, content, facts, surroundings });
  const written = facts.located ? presumed.located : presumed.otherwise;
  if (!stands(written, settlement, facts.located?.codeId)) {
    const nowS = seconds(surroundings.nowMs());
    const dueAtS = settlement.outcome === 'pending' ? nowS + firstPauseS : null;
    await tx.settle(notificationId, { dueAtS, ...settlement }, nowS);
  }
  if (facts.contract?.isForgotten) await tx.forgetContent(notificationId);
  const { outcome, reason } = settlement;
  return { outcome, reason, ...defined({ madeDue }) };
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
  { callbackRoute, qrCodeIds, flowId }: MessageContent,
): Locator {
  const isRepeated = route.kind === 'application' && callbackRoute !== null;
  return { route: isRepeated ? { kind: 'code', ...callbackRoute } : route, qrCodeIds, flowId };
}

function newNotification(
  { seal }: NotificationPorts,
  { message, raw, ...received }: ReceivedNotification,
  { occurrence, flowId, flowStatus }: MessageContent,
): NewNotification {
  const { msgId, msgType, msgVersion } = message;
  const isClear = received.keyIndex === null;
  return {
    ...received,
    notificationId: notificationIdOf(msgId),
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
