import * as z from 'zod/mini';
import { once } from '../once.ts';
import { time } from '../state/planned-act.ts';
import { spoilings } from './misbehaviour.ts';

/** One time that a message was posted. */
export const Attempt = once(() =>
  z.strictObject({
    /** On the virtual clock. Epoch milliseconds. */
    atMs: time(),
    /** What was answered. */
    status: z.optional(z.int()),
    /** Why nothing was. */
    error: z.optional(z.string()),
    /** What was wrong with it, on purpose. */
    spoiled: z.optional(z.enum(spoilings)),
    /** The answer came, and was treated as lost, on purpose. */
    lost: z.optional(z.literal(true)),
  }),
);
export type Attempt = z.infer<ReturnType<typeof Attempt>>;

/** A message on its way to one address. */
export const Delivery = once(() =>
  z.strictObject({
    url: z.string(),
    state: z.enum(['waiting', 'delivered', 'given-up']),
    /** When it is posted next, while it waits. Epoch milliseconds. */
    dueMs: time(),
    attempts: z.array(Attempt()),
    /** It is a second time the same, on purpose. */
    again: z.optional(z.literal(true)),
  }),
);
export type Delivery = z.infer<ReturnType<typeof Delivery>>;

/** The four members of every message. */
export const Envelope = once(() =>
  z.strictObject({
    MsgId: z.string(),
    MsgType: z.string(),
    MsgVersion: z.string(),
    MsgData: z.unknown(),
  }),
);
export type Envelope = z.infer<ReturnType<typeof Envelope>>;

/** A message made by hand: what it leaves out is filled in. */
export const HandMade = once(() =>
  z.extend(z.partial(Envelope()), {
    MsgType: z.string(),
    /** It goes to where the notifications of this code go; to the application's addresses if left out. */
    QrCodeId: z.optional(z.string()),
  }),
);
export type HandMade = z.infer<ReturnType<typeof HandMade>>;

/** A message with all its deliveries. Holds the names that are in the message. */
export const OutboxMessage = once(() =>
  z.strictObject({
    envelope: Envelope(),
    /** The code that it is about, where it is about one. */
    QrCodeId: z.optional(z.string()),
    /** When the thing happened that it is about. Epoch milliseconds. */
    createdAtMs: time(),
    deliveries: z.array(Delivery()),
  }),
);
export type OutboxMessage = z.infer<ReturnType<typeof OutboxMessage>>;
