import * as z from 'zod/mini';
import { schemaError } from '../../../shared/text.ts';
import { once } from '../once.ts';
import { MessageShape, type ShippedShape, shippedShapeNames, shippedShapes } from './message-shape.ts';
import { Misbehaviour } from './misbehaviour.ts';

/** An address that one can post to; `CallbackUrl` may be any text. */
export function isPostable(url: string): boolean {
  return URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol);
}

const seconds = z.number().check(z.minimum(0), z.maximum(365 * 86_400));
const url = z
  .string()
  .check(
    z.maxLength(2000),
    z.refine(isPostable, schemaError({ zh: '须为 http 或 https 地址', en: 'must be an http or https URL' })),
  );
const key = z
  .string()
  .check(
    z.refine(
      (text) => Buffer.byteLength(text) === 32,
      schemaError({ zh: '须为 32 字节', en: 'must be 32 bytes' }),
    ),
  );

/** Who gets a notification of a code whose create named a `CallbackUrl`. */
const targetRules = ['code-first', 'both', 'application'] as const;

/** How notifications are sent. */
export const CallbackSettings = once(() =>
  z.strictObject({
    /** Of the application: each gets every notification. */
    urls: z.array(url),
    targets: z.enum(targetRules),
    /** Newest first; the first encrypts, and without one messages go in plain text. */
    keys: z.array(key),
    /** Newest first; the first signs, and without one messages go unsigned. */
    tokens: z.array(z.string().check(z.minLength(1))),
    shape: z.union([z.enum(shippedShapeNames), MessageShape()]),
    /** After the first failure, the second, and so on; after the last the message is given up. Virtual seconds. */
    retryPausesS: z.array(seconds),
    /** How long an answer may take. Real milliseconds. */
    timeoutMs: z.int().check(z.minimum(1), z.maximum(600_000)),
    misbehaviour: Misbehaviour(),
  }),
);
export type CallbackSettings = z.infer<ReturnType<typeof CallbackSettings>>;

/** What is left out stays as it is. */
export const CallbackChange = once(() => z.partial(CallbackSettings()));
export type CallbackChange = z.infer<ReturnType<typeof CallbackChange>>;

export const defaultCallbackSettings: CallbackSettings = {
  urls: [],
  targets: 'code-first',
  keys: [],
  tokens: [],
  shape: 'flat',
  // From fifteen seconds to twelve hours, forty hours in all.
  retryPausesS: [15, 30, 60, 300, 900, 1800, 3600, 7200, 14_400, 28_800, 43_200, 43_200],
  timeoutMs: 5000,
  misbehaviour: {},
};

export function shapeNamed(shape: ShippedShape | MessageShape): MessageShape {
  return typeof shape === 'string' ? shippedShapes[shape] : shape;
}
