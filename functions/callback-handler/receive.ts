import { type CallbackSecrets, openNotification } from '../../shared/callback/open-notification.ts';
import { type RejectionCode, rejections } from '../../shared/callback/rejections.ts';
import { messageOf } from '../../shared/callback/reopen-notification.ts';
import { readCallbackRoute } from '../../shared/codes/life/callback-url.ts';
import { Failure, type FailureCode } from '../../shared/errors.ts';
import type {
  NotificationRoute,
  Receipt,
  ReceivedNotification,
  Rejection,
} from '../../shared/notifications/notification.ts';
import type { RejectionTally } from '../../shared/notifications/rejection-tally.ts';
import type { Event } from '../../shared/runtime/event.ts';
import type { Answer } from '../../shared/runtime/http/http-handler.ts';
import { type Stranger, type Strangers, tellLeftOut } from '../../shared/runtime/http/strangers.ts';
import type { HttpRequest } from '../../shared/runtime/read-event.ts';

/** Where messages go that are proved, and the count of what was turned away. */
export interface Inbox {
  /** @throws whatever kept it from being stored */
  receive(received: ReceivedNotification): Promise<Receipt>;
  reject(rejection: Rejection): Promise<void>;
}

/** A message on its way, with what it takes to prove and to store it. */
interface Posted extends Pick<Event, 'facts' | 'log'> {
  readonly request: HttpRequest;
  readonly secrets: CallbackSecrets;
  /** When it came. Epoch milliseconds. */
  readonly nowMs: number;
  /** Of the instance. */
  readonly tally: RejectionTally;
  readonly strangers: Strangers;
  inbox(): Promise<Inbox>;
  /** Makes the successor of a code that has fallen due, in what is left of the time. It never throws. */
  renew(codeId: string): Promise<void>;
}

/** What is documented is the status alone; this is the body that the vendor's own receiver answers with. */
const success: Answer = {
  status: 200,
  headers: { 'Content-Type': 'application/json; charset=utf-8' },
  body: '{"code":0,"message":"success"}',
};

/**
 * Proves, decrypts, stores and lets have its effect what was posted, and only then answers 200: whatever is not stored
 * is sent again. A message that makes its code due renews it before it is answered, since nothing may be left to do
 * then; it is stored by that time, and whatever becomes of the renewal does not matter to its sender. The body is taken as it came, byte for byte.
 *
 * @throws Failure for what is not a message: its verdict goes to the log and the register, never to the sender
 */
export async function receive(posted: Posted): Promise<Answer> {
  const { request, secrets, facts, nowMs } = posted;
  const contentSignature = request.headers['content-signature'];
  const opened = openNotification(request.body, contentSignature, secrets, announcedBytesOf(request));
  if (opened.kind === 'probe') {
    facts.outcome = 'probe';
    return success;
  }
  const arrival = {
    route: routeOf(request.path),
    sourceIp: request.sourceIp ?? null,
    receivedAtMs: nowMs,
  };
  if (opened.kind === 'rejected') {
    const bytes = request.body.byteLength;
    const { retryAfterS } = turnAway(opened.verdict, posted);
    posted.tally.add({ verdict: opened.verdict, ...arrival, bytes });
    await writeRejections(posted);
    throw retryAfterS === undefined
      ? new Failure(failureOf[opened.verdict])
      : new Failure('RateLimited', { retryAfterS, detail: tooManyWrong });
  }

  const { message, keyIndex, tokenIndex } = opened;
  const inbox = await posted.inbox();
  const { notificationId, outcome, reason, madeDue } = await inbox.receive({
    ...arrival,
    message: messageOf(message),
    raw: { body: Buffer.from(request.body).toString('utf8'), contentSignature: contentSignature ?? null },
    keyIndex,
    tokenIndex,
  });
  Object.assign(facts, { outcome, reason: reason.code, notificationId, messageType: message.MsgType });
  if (madeDue !== undefined) await posted.renew(madeDue);
  await writeRejections(posted);
  return success;
}

/** Of a body that was packed, the length is another's. */
function announcedBytesOf({ headers }: HttpRequest): number | undefined {
  const length = headers['content-length'];
  const isPacked = headers['content-encoding'] !== undefined;
  return length !== undefined && !isPacked && /^\d{1,12}$/.test(length) ? Number(length) : undefined;
}

/** What a sender that may be a stranger learns: that the message is not proved, or not readable. */
const failureOf: Readonly<Record<RejectionCode, FailureCode>> = {
  TooLarge: 'BodyTooLarge',
  NoSignature: 'NotificationUnproven',
  MalformedSignature: 'NotificationUnproven',
  WrongToken: 'NotificationUnproven',
  ReencodedBody: 'NotificationUnproven',
  IncompleteBody: 'NotificationUnproven',
  NotCiphertext: 'NotificationUnreadable',
  WrongKey: 'NotificationUnreadable',
  PlaintextRefused: 'NotificationUnreadable',
  NotJson: 'NotificationUnreadable',
  NotAnEnvelope: 'NotificationUnreadable',
};

const tooManyWrong = {
  zh: '此地址被拒绝的请求过多',
  en: 'Too many requests from this address were turned away',
};

/** Of a flood a bounded number of lines is logged. */
function turnAway(verdict: RejectionCode, { log, facts, strangers, request, nowMs }: Posted): Stranger {
  const stranger = strangers.turnAway(request.sourceIp, nowMs);
  facts.verdict = verdict;
  if (stranger.leftOut) facts.leftOut = true;
  tellLeftOut(log, stranger);
  if (!stranger.leftOut) log.warn('a notification was rejected', { verdict, why: rejections[verdict].en });
  return stranger;
}

/** What is due of the tally. A request must not look better or worse for what was turned away before it. */
async function writeRejections({ tally, nowMs, log, inbox }: Posted): Promise<void> {
  const due = tally.due(nowMs);
  if (due.length === 0) return;
  try {
    const opened = await inbox();
    for (const rejection of due) await opened.reject(rejection);
  } catch (error) {
    log.warn('a rejection was not noted', { verdicts: due.map(({ verdict }) => verdict) }, error);
  }
}

/**
 * `/callback-handler/<token>.<generation>` where functions share a domain, `/<token>.<generation>` at the function's own
 * URL. Any other path is that of the whole application: a message that is proved is not rejected for its address.
 */
export function routeOf(path: string): NotificationRoute {
  const segment = /\/([^/]+)\/?$/.exec(path)?.[1] ?? '';
  const route = readCallbackRoute(segment);
  return route === undefined ? { kind: 'application' } : { kind: 'code', ...route };
}
