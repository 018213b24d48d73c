import * as z from 'zod/mini';
import { OutboxMessage } from '../callbacks/outbox-message.ts';
import { once } from '../once.ts';
import { parseInput } from '../parse-input.ts';
import { Contract } from './contract.ts';
import { Application, Organisation, OwnedTemplate, QuotaBlock, SignCode } from './entities.ts';
import { PlannedAct, time } from './planned-act.ts';

const random = z.int().check(z.minimum(0), z.maximum(2 ** 32 - 1));

/**
 * What a snapshot holds. People who may scan and who have scanned are in it by name: it is for the machine that it was
 * taken on. What an older emulator did not keep yet may be missing.
 */
export const Snapshot = once(() =>
  z.strictObject({
    version: z.literal(1),
    clock: z.strictObject({ nowMs: time(), atRealMs: time(), speed: z.number().check(z.minimum(0)) }),
    random: z.strictObject({
      ids: random,
      requests: random,
      faults: random,
      messages: z._default(random, 0),
      crowds: z._default(random, 0),
    }),
    applications: z.array(Application()),
    organisations: z.array(Organisation()),
    templates: z.array(OwnedTemplate()),
    codes: z.array(SignCode()),
    contracts: z._default(z.array(Contract()), []),
    /** What is planned, in the order in which it will happen. */
    plans: z._default(z.array(PlannedAct()), []),
    quotaBlocks: z._default(z.array(QuotaBlock()), []),
    /** Notifications, the oldest first. */
    messages: z._default(z.array(OutboxMessage()), []),
  }),
);
export type Snapshot = z.infer<ReturnType<typeof Snapshot>>;

/** @throws {Failure} `InvalidRequest` with every problem. */
export const parseSnapshot = (value: unknown): Snapshot => parseInput(Snapshot(), value);
