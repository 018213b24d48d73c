import * as z from 'zod/mini';
import { time } from '../state/planned-act.ts';
import { spoilings } from './misbehaviour.ts';

/** One time that a message was posted. */
export const Attempt = z.strictObject({
  /** On the virtual clock. Epoch milliseconds. */
  atMs: time,
  /** What was answered. */
  status: z.optional(z.int()),
  /** Why nothing was. */
  error: z.optional(z.string()),
  /** What was wrong with it, on purpose. */
  spoiled: z.optional(z.enum(spoilings)),
  /** The answer came, and was treated as lost, on purpose. */
  lost: z.optional(z.literal(true)),
});
export type Attempt = z.infer<typeof Attempt>;

/** A message on its way to one address. */
export const Delivery = z.strictObject({
  url: z.string(),
  state: z.enum(['waiting', 'delivered', 'given-up']),
  /** When it is posted next, while it waits. Epoch milliseconds. */
  dueMs: time,
  attempts: z.array(Attempt),
  /** It is a second time the same, on purpose. */
  again: z.optional(z.literal(true)),
});
export type Delivery = z.infer<typeof Delivery>;

/** The four members of every message. */
export const Envelope = z.strictObject({
  MsgId: z.string(),
  MsgType: z.string(),
  MsgVersion: z.string(),
  MsgData: z.unknown(),
});
export type Envelope = z.infer<typeof Envelope>;

/** A message made by hand: what it leaves out is filled in. */
export const HandMade = z.extend(z.partial(Envelope), {
  MsgType: z.string(),
  /** It goes to where the notifications of this code go; to the application's addresses if left out. */
  QrCodeId: z.optional(z.string()),
});
export type HandMade = z.infer<typeof HandMade>;

/** A message with all its deliveries. Holds the names that the message tells. */
export const OutboxMessage = z.strictObject({
  envelope: Envelope,
  /** The code that it is about, where it is about one. */
  QrCodeId: z.optional(z.string()),
  /** When that happened which it tells. Epoch milliseconds. */
  createdAtMs: time,
  deliveries: z.array(Delivery),
});
export type OutboxMessage = z.infer<typeof OutboxMessage>;
