import type { RejectionCode } from '../../shared/callback/rejections.ts';
import type { Route } from './route.ts';

/** A message that was proved and decrypted. */
export interface ReceivedNotification {
  message: { msgId: string; msgType: string; msgVersion: string | null; data: unknown };
  /** As it came. */
  raw: { body: string; contentSignature: string | null };
  route: Route;
  sourceIp: string | null;
  /** Null: it came in plain text. */
  keyIndex: number | null;
  tokenIndex: number | null;
  receivedAtMs: number;
}

export interface Receipt {
  notificationId: string;
  outcome: 'applied' | 'kept' | 'duplicate' | 'pending';
}

export interface Rejection {
  verdict: RejectionCode;
  sourceIp: string | null;
  route: Route;
  bytes: number;
  receivedAtMs: number;
}

/** Where notifications go, and the note of what was turned away. */
export interface Inbox {
  /** @throws whatever kept it from being stored */
  receive(received: ReceivedNotification): Promise<Receipt>;
  reject(rejection: Rejection): Promise<void>;
}
