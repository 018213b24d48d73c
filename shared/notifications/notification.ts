import type { CallbackRoute } from '../codes/life/callback-url.ts';
import type { Reason } from '../codes/reasons.ts';

/** A message of Tencent, opened: its signature was right and it could be decrypted. */
export interface NotificationMessage {
  readonly msgId: string;
  readonly msgType: string;
  readonly msgVersion: string | null;
  /** `MsgData`; of the two messages about QR codes its members are not published. */
  readonly data: unknown;
}

/** At which of our addresses it came in. */
export type NotificationRoute =
  | { readonly kind: 'application' }
  | ({ readonly kind: 'code' } & CallbackRoute);

export interface ReceivedNotification {
  readonly message: NotificationMessage;
  /** As it came. It is stored so, except that a body in clear is sealed, or not stored where there is no key. */
  readonly raw: { readonly body: string; readonly contentSignature: string | null };
  readonly route: NotificationRoute;
  readonly sourceIp: string | null;
  /** Which of the configured keys opened it; null: it came in clear. */
  readonly keyIndex: number | null;
  readonly tokenIndex: number | null;
  readonly receivedAtMs: number;
}

/**
 * What became of a notification. `applied`: it changed something or confirmed it. `kept`: nothing follows from it.
 * `pending`: stored, its effect is still to come. `failed`: its effect was tried often and given up.
 */
export type Outcome = 'applied' | 'kept' | 'pending' | 'failed';

export interface Receipt {
  readonly notificationId: string;
  /** `duplicate`: it is here already, and nothing was done. */
  readonly outcome: Outcome | 'duplicate';
  readonly reason: Reason;
  /** The code whose successor is due by what it counted. */
  readonly madeDue?: string;
}

/** A request that was turned away, and why: nothing of its content is kept. */
export interface Rejection {
  /** One of the verdicts of `shared/callback`. */
  readonly verdict: string;
  readonly route: NotificationRoute;
  readonly sourceIp: string | null;
  readonly bytes: number;
  readonly receivedAtMs: number;
  /** How many like it this one stands for; the latest gives the other members. */
  readonly count: number;
}

/** A notification as it lies in the database. */
export interface StoredNotification {
  readonly notificationId: string;
  readonly msgId: string;
  readonly msgType: string;
  readonly msgVersion: string | null;
  readonly route: NotificationRoute;
  readonly sourceIp: string | null;
  readonly keyIndex: number | null;
  readonly tokenIndex: number | null;
  readonly receivedAtS: number;
  /** When the thing happened that it is about, and the member of the message that says so; `receipt`: none does. */
  readonly occurredAtS: number;
  readonly occurredFrom: string;
  readonly outcome: Outcome;
  readonly reason: Reason;
  readonly appId: string | null;
  readonly organization: string | null;
  readonly codeId: string | null;
  readonly generation: number | null;
  readonly flowId: string | null;
  /** How often it came. */
  readonly copies: number;
  /** Tries of its effect that failed. */
  readonly failures: number;
  /** When its effect is next tried. Unix seconds; null: it has had it, or is given up. */
  readonly dueAtS: number | null;
  readonly settledAtS: number | null;
  /** Is its content still there? */
  readonly bodyKept: boolean;
}

/** The content of a stored notification, still encrypted. */
export interface StoredBody {
  readonly body: string;
  readonly contentSignature: string | null;
}
