import * as z from 'zod/mini';
import { schemaError } from '../../../shared/text.ts';
import { createSeededRandom, type SeededRandom } from '../../cloud-api/seeded-random.ts';
import { once } from '../once.ts';

const share = z.number().check(z.minimum(0), z.maximum(1));
const seconds = z.number().check(z.minimum(0), z.maximum(30 * 86_400));

/** What can be wrong with a posted message. A receiver should take none of these but, perhaps, plain text. */
export const spoilings = [
  'wrongKey',
  'wrongSignature',
  'noSignature',
  'reencodedBody',
  'plainText',
  'cutBody',
] as const;
type Spoiling = (typeof spoilings)[number];

/** How notifications go wrong on purpose. Shares are from 0 to 1; what is left out does not happen. */
export const Misbehaviour = once(() =>
  z
    .strictObject({
      /** Messages that are posted a second time, up to ten minutes later. */
      duplicates: z.optional(share),
      /** Messages that are held back for up to `reorderS` (60 unless given), so that later ones overtake them. */
      reorder: z.optional(share),
      reorderS: z.optional(seconds),
      /** Every message is held back for a random time up to this. */
      delayS: z.optional(seconds),
      /** Messages that are accompanied by one of an unknown type. */
      unknownTypes: z.optional(share),
      /** Posts that are encrypted with another key. */
      wrongKey: z.optional(share),
      /** Posts that are signed with another token. */
      wrongSignature: z.optional(share),
      noSignature: z.optional(share),
      /** Posts whose JSON is written in another way after it was signed. */
      reencodedBody: z.optional(share),
      /** Posts that are signed, but not encrypted. */
      plainText: z.optional(share),
      /** Posts whose last bytes are missing. */
      cutBody: z.optional(share),
      /** The body as `{"encrypt": …}`, as the bare base64, or one or the other. */
      form: z.optional(z.enum(['object', 'bare', 'either'])),
      /** Posts that take so many real milliseconds to send their body. */
      slow: z.optional(z.strictObject({ share, ms: z.int().check(z.minimum(0), z.maximum(600_000)) })),
      /** Posts whose 200 is treated as lost, so that they are posted again. */
      lostAnswers: z.optional(share),
    })
    .check(
      z.refine(
        (shares) => spoilings.reduce((sum, name) => sum + (shares[name] ?? 0), 0) <= 1 + Number.EPSILON,
        schemaError({
          zh: `${spoilings.join('、')} 之和不得超过 1`,
          en: `has ${spoilings.join(', ')} that add up to more than 1`,
        }),
      ),
    ),
);
export type Misbehaviour = z.infer<ReturnType<typeof Misbehaviour>>;

/** How long after the first a second one is posted, at most. */
const duplicateWithinMs = 600_000;
const defaultReorderS = 60;

/** What is done with a message when it is written. */
export interface MessageTrouble {
  heldBackMs: number;
  /** Counted from the first; undefined: it is posted once. */
  againAfterMs: number | undefined;
  accompanied: boolean;
}

/** Draws from the id of the message: neither the order nor the speed of deliveries changes what is drawn. */
export function troubleOfMessage(misbehaviour: Misbehaviour, MsgId: string): MessageTrouble {
  const {
    duplicates = 0,
    reorder = 0,
    reorderS = defaultReorderS,
    delayS = 0,
    unknownTypes = 0,
  } = misbehaviour;
  const random = randomOf(MsgId);
  const delayMs = Math.floor(random.fraction() * delayS * 1000);
  const overtaken = hits(random, reorder);
  const overtakenMs = Math.floor(random.fraction() * reorderS * 1000);
  const twice = hits(random, duplicates);
  const againMs = Math.floor(random.fraction() * duplicateWithinMs);
  return {
    heldBackMs: delayMs + (overtaken ? overtakenMs : 0),
    againAfterMs: twice ? againMs : undefined,
    accompanied: hits(random, unknownTypes),
  };
}

/** What is done with one post. */
export interface PostTrouble {
  spoiled: Spoiling | undefined;
  form: 'object' | 'bare';
  slowMs: number;
  lost: boolean;
}

/** Draws from the message, the delivery and the number of the attempt. */
export function troubleOfPost(
  misbehaviour: Misbehaviour,
  ...attempt: readonly (string | number)[]
): PostTrouble {
  const { form = 'object', slow, lostAnswers = 0 } = misbehaviour;
  const random = randomOf(...attempt);
  const lot = random.fraction();
  const either = random.fraction() < 0.5 ? 'object' : 'bare';
  return {
    spoiled: spoilingFor(lot, misbehaviour),
    form: form === 'either' ? either : form,
    slowMs: hits(random, slow?.share ?? 0) ? (slow?.ms ?? 0) : 0,
    lost: hits(random, lostAnswers),
  };
}

function spoilingFor(lot: number, misbehaviour: Misbehaviour): Spoiling | undefined {
  let upTo = 0;
  for (const name of spoilings) {
    upTo += misbehaviour[name] ?? 0;
    if (lot < upTo) return name;
  }
  return undefined;
}

const hits = (random: SeededRandom, share: number) => random.fraction() < share;

/** FNV-1a of the text, as a seed. */
function randomOf(...of: readonly (string | number)[]): SeededRandom {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(of.join('/'))) hash = Math.imul(hash ^ byte, 0x01000193);
  return createSeededRandom(hash >>> 0);
}
