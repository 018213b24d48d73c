import type { RegisterReads } from '../codes/reading/ports.ts';
import { shownReason } from '../codes/reasons.ts';
import { Failure } from '../errors.ts';
import { pageLimits, pageOf, readCursor } from '../list-cursor.ts';
import { shownText, type Text } from '../text.ts';
import type { Scope } from '../world.ts';
import type { Outcome, StoredNotification } from './notification.ts';
import type { NotificationFilter, NotificationReads, RejectionCount } from './reading-ports.ts';

export interface DescribeNotificationPorts {
  notifications: NotificationReads;
  /** Finds the code of a `QrCodeId`. */
  register: RegisterReads;
}

export const shownOutcomes = {
  applied: 'Applied',
  kept: 'Kept',
  pending: 'Pending',
  failed: 'Failed',
} as const satisfies Record<Outcome, string>;

/** @throws Failure `NotFound`, also for a notification about an organisation that the caller may not see, or an unknown one. */
export async function findNotification(
  { notifications }: Pick<DescribeNotificationPorts, 'notifications'>,
  key: Parameters<NotificationReads['find']>[0],
  scope: Scope,
): Promise<StoredNotification> {
  const found = await notifications.find(key, scope);
  if (found === undefined) throw noSuchNotification();
  return found;
}

/** @throws Failure `NotFound` as {@link findNotification} does. */
export async function describeNotification(
  ports: Pick<DescribeNotificationPorts, 'notifications'>,
  key: Parameters<NotificationReads['find']>[0],
  scope: Scope,
) {
  return described(await findNotification(ports, key, scope));
}

export function noSuchNotification(): Failure {
  return new Failure('NotFound', { detail: { zh: '回调消息不存在', en: 'There is no such notification' } });
}

export interface NotificationListRequest {
  filter: NotificationFilter;
  /** Only notifications about the code that this belongs to, and about this generation of it. */
  qrCodeId?: string;
  scope: Scope;
  limit?: number;
  cursor?: string;
}

/** One page, newest first, as it is stored, and the cursor of the next. */
export interface NotificationPage {
  notifications: readonly StoredNotification[];
  nextCursor: string | null;
}

/** @throws Failure `InvalidRequest` for a cursor that is not of this list. */
export async function pageOfNotifications(
  { notifications, register }: DescribeNotificationPorts,
  { filter, qrCodeId, scope, limit = pageLimits.default, cursor }: NotificationListRequest,
): Promise<NotificationPage> {
  const fingerprinted = { ...filter, qrCodeId };
  const after = readCursor(cursor, fingerprinted);
  const narrowed = qrCodeId === undefined ? filter : await narrowedTo(qrCodeId, filter, { register, scope });
  if (narrowed === undefined) return { notifications: [], nextCursor: null };
  const found = await notifications.list(narrowed, { scope, after, limit: limit + 1 });
  const { shown, NextCursor } = pageOf(found, limit, fingerprinted, ({ receivedAtMs, notificationId }) => ({
    atMs: receivedAtMs,
    id: notificationId,
  }));
  return { notifications: shown, nextCursor: NextCursor };
}

/** The filter with the code and generation of a QR code; undefined: the caller has no such code, or asks for another. */
async function narrowedTo(
  qrCodeId: string,
  filter: NotificationFilter,
  { register, scope }: { register: RegisterReads; scope: Scope },
): Promise<NotificationFilter | undefined> {
  const record = await register.find({ by: 'QrCodeId', value: qrCodeId }, scope);
  const generation = record?.generations.find((one) => one.qrCodeId === qrCodeId);
  if (record === undefined || generation === undefined) return undefined;
  const { codeId } = record.code;
  if (filter.codeId !== undefined && filter.codeId !== codeId) return undefined;
  return { ...filter, codeId, generation: generation.number };
}

/** @throws Failure `InvalidRequest` for a cursor that is not of this list. */
export async function listNotifications(ports: DescribeNotificationPorts, request: NotificationListRequest) {
  const { notifications, nextCursor } = await pageOfNotifications(ports, request);
  return { Notifications: notifications.map(described), NextCursor: nextCursor };
}

/** What people see of a notification. Its body is not among it, nor anything of what it says of persons. */
function described(notification: StoredNotification) {
  const { route, reason, occurredFrom } = notification;
  return {
    NotificationId: notification.notificationId,
    MsgId: notification.msgId,
    MsgType: notification.msgType,
    MsgVersion: notification.msgVersion,
    ReceivedOn: Math.floor(notification.receivedAtS),
    /** How often it came; all but the first changed nothing. */
    Copies: notification.copies,
    Route: route.kind === 'code' ? 'Code' : 'Application',
    RouteGeneration: route.kind === 'code' ? route.generation : null,
    SourceIp: notification.sourceIp,
    /** Places in the lists of the configuration at the time, 0 the newest. A key that is null: it came in clear. */
    KeyIndex: notification.keyIndex,
    TokenIndex: notification.tokenIndex,
    OccurredOn: Math.floor(notification.occurredAtS),
    /** The member of the message that says when. */
    OccurredFrom: occurredFrom,
    Outcome: shownOutcomes[notification.outcome],
    Reason: shownReason(reason),
    ProxyOrganizationOpenId: notification.organization,
    CodeId: notification.codeId,
    Generation: notification.generation,
    FlowId: notification.flowId,
    /** Tries of its effect that failed, and when the next comes. */
    Failures: notification.failures,
    NextTryOn: wholeSeconds(notification.dueAtS),
    SettledOn: wholeSeconds(notification.settledAtS),
    /** Can it be replayed, as far as its content is needed? */
    BodyKept: notification.bodyKept,
  };
}

const wholeSeconds = (atS: number | null) => (atS === null ? null : Math.floor(atS));

/**
 * What was rejected, by hour, reason and address, newest first. It is not proved whose it was: it is for those who
 * see everything.
 */
export async function listRejections(
  { notifications }: Pick<DescribeNotificationPorts, 'notifications'>,
  { sinceS, limit, why }: { sinceS: number; limit: number; why: (verdict: string) => Text },
) {
  const counts = await notifications.rejections(sinceS, limit);
  return counts.map((count) => shownRejection(count, why(count.verdict)));
}

function shownRejection(rejection: RejectionCount, why: Text) {
  return {
    Verdict: rejection.verdict,
    Why: shownText(why),
    SourceIp: rejection.sourceIp,
    Count: rejection.count,
    /** The hour that is counted. */
    HourOn: Math.floor(rejection.hourS),
    LastOn: Math.floor(rejection.lastAtS),
    LastBytes: rejection.lastBytes,
    LastRoute: rejection.lastRoute,
  };
}
