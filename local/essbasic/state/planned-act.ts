import * as z from 'zod/mini';
import { ApproverRestriction } from '../../../shared/essbasic/structs/ApproverRestriction.ts';
import { once } from '../once.ts';
import { contractActNames } from './sign.ts';
import { latestMs } from './virtual-clock.ts';

export const time = once(() => z.number().check(z.minimum(0), z.maximum(latestMs)));

/** What will become of a contract, decided before it is started so that the order of events cannot change it. */
export const Fate = once(() =>
  z.strictObject({
    act: z.enum(contractActNames),
    /** Counted from the start of the contract: one for each time that it is done. Milliseconds. */
    afterMs: z.array(time()),
  }),
);
export type Fate = z.infer<ReturnType<typeof Fate>>;

/** Something that will happen at a time of the virtual clock. */
export const PlannedAct = once(() =>
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('scan'),
      /** Epoch milliseconds. */
      dueMs: time(),
      QrCodeId: z.string(),
      person: z.optional(ApproverRestriction),
      fate: z.optional(Fate()),
    }),
    z.strictObject({
      kind: z.literal('visit'),
      dueMs: time(),
      /** What the poster encodes: it leads to a code, by then perhaps to another than today. */
      link: z.string(),
      person: z.optional(ApproverRestriction),
      fate: z.optional(Fate()),
    }),
    z.strictObject({
      kind: z.literal('contract'),
      dueMs: time(),
      FlowId: z.string(),
      act: z.enum(contractActNames),
    }),
  ]),
);
export type PlannedAct = z.infer<ReturnType<typeof PlannedAct>>;
