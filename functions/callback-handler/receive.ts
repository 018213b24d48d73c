import { type CallbackSecrets, openNotification } from '../../shared/callback/open-notification.ts';
import { type RejectionCode, rejections } from '../../shared/callback/rejections.ts';
import { messageOf } from '../../shared/callback/reopen-notification.ts';
import { Failure, type FailureCode } from '../../shared/errors.ts';
import type { Rejection } from '../../shared/notifications/notification.ts';
import type { HttpRequest } from '../../shared/runtime/events.ts';
import type { Answer, ExchangeFields } from '../../shared/runtime/http-handler.ts';
import type { Log } from '../../shared/runtime/log.ts';
import type { Inbox } from './inbox.ts';
import { routeOf } from './route.ts';

export interface ReceivePorts {
  secrets: CallbackSecrets;
  inbox(): Promise<Inbox>;
  /** Epoch milliseconds. */
  nowMs: number;
  fields: ExchangeFields;
  log: Log;
}

/** What is documented is the status alone; this is the body that the vendor's own receiver answers with. */
const success: Answer = {
  status: 200,
  headers: { 'Content-Type': 'application/json; charset=utf-8' },
  body: '{"code":0,"message":"success"}',
};

/**
 * Proves, decrypts, stores and lets have its effect what was posted, and only then answers 200: whatever is not stored
 * is sent again. The body is taken as it came, byte for byte.
 *
 * @throws Failure for what is not a message: its verdict goes to the log and the register, never to the sender
 */
export async function receive(request: HttpRequest, ports: ReceivePorts): Promise<Answer> {
  const { secrets, fields, nowMs } = ports;
  const contentSignature = request.headers['content-signature'];
  const opened = openNotification(request.body, contentSignature, secrets);
  if (opened.kind === 'probe') {
    fields.outcome = 'probe';
    return success;
  }
  const arrival = {
    route: routeOf(request.path),
    sourceIp: request.sourceIp ?? null,
    receivedAtMs: nowMs,
  };
  if (opened.kind === 'rejected') {
    const bytes = request.body.byteLength;
    await note(opened.verdict, { ...arrival, bytes }, ports);
    throw new Failure(failureOf[opened.verdict]);
  }

  const { message, keyIndex, tokenIndex } = opened;
  const inbox = await ports.inbox();
  const { notificationId, outcome } = await inbox.receive({
    ...arrival,
    message: messageOf(message),
    raw: { body: Buffer.from(request.body).toString('utf8'), contentSignature: contentSignature ?? null },
    keyIndex,
    tokenIndex,
  });
  Object.assign(fields, { outcome, notificationId, messageType: message.MsgType });
  return success;
}

/** The sender learns as much as a stranger may: that it is not proved, or not readable. */
const failureOf: Readonly<Record<RejectionCode, FailureCode>> = {
  TooLarge: 'BodyTooLarge',
  NoSignature: 'NotificationUnproven',
  MalformedSignature: 'NotificationUnproven',
  WrongToken: 'NotificationUnproven',
  ReencodedBody: 'NotificationUnproven',
  NotCiphertext: 'NotificationUnreadable',
  WrongKey: 'NotificationUnreadable',
  PlaintextRefused: 'NotificationUnreadable',
  NotJson: 'NotificationUnreadable',
  NotAnEnvelope: 'NotificationUnreadable',
};

async function note(
  verdict: RejectionCode,
  arrival: Omit<Rejection, 'verdict'>,
  { log, fields, inbox }: ReceivePorts,
): Promise<void> {
  fields.verdict = verdict;
  log.warn('a notification was rejected', { verdict, why: rejections[verdict].en });
  try {
    const opened = await inbox();
    await opened.reject({ verdict, ...arrival });
  } catch (error) {
    // A stranger's request must not look better or worse for the state of our database.
    log.warn('a rejection was not noted', { verdict }, error);
  }
}
