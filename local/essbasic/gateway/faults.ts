import * as z from 'zod/mini';
import type { SeededRandom } from '../state/seeded-random.ts';

/** How a request goes wrong on purpose. Faults strike on arrival, before any check of the request. */
export const FaultRule = z
  .strictObject({
    /** The action it strikes; every one if left out. */
    action: z.optional(z.string()),
    /** Answers with this error, listed or not. */
    code: z.optional(z.string().check(z.regex(/^[A-Za-z]{1,64}(?:\.[A-Za-z]{1,64})?$/))),
    message: z.optional(z.string().check(z.maxLength(500))),
    /** Answers with this HTTP status and a page that is no JSON, as a broken gateway does. */
    httpStatus: z.optional(z.int().check(z.minimum(400), z.maximum(599))),
    /** Closes the connection without an answer: before the request has its effect, or after. */
    drop: z.optional(z.enum(['before', 'after'])),
    /** Lets the request have its effect and cuts its answer short. */
    malformed: z.optional(z.literal(true)),
    /** With `code` or `httpStatus`: the request has its effect all the same. */
    afterEffect: z.optional(z.boolean()),
    /** Real milliseconds to wait first. */
    latencyMs: z.optional(z.int().check(z.minimum(0), z.maximum(600_000))),
    /** From 0 to 1; always if left out. */
    probability: z.optional(z.number().check(z.minimum(0), z.maximum(1))),
    /** Strikes so many times and is gone. */
    count: z.optional(z.int().check(z.minimum(1))),
  })
  .check((payload) => {
    const { code, httpStatus, drop, malformed, latencyMs, message, afterEffect } = payload.value;
    const ends = [code, httpStatus, drop, malformed].filter((end) => end !== undefined).length;
    const complain = (complaint: string) =>
      payload.issues.push({ code: 'custom', input: payload.value, message: complaint });
    if (ends > 1) complain('has more than one of code, httpStatus, drop and malformed');
    if (ends === 0 && latencyMs === undefined) {
      complain('has none of code, httpStatus, drop, malformed and latencyMs');
    }
    if (message !== undefined && code === undefined) complain('has a message but no code');
    if (afterEffect !== undefined && code === undefined && httpStatus === undefined) {
      complain('has afterEffect but neither code nor httpStatus');
    }
  });
export type FaultRule = z.infer<typeof FaultRule>;

export interface Fault extends FaultRule {
  id: number;
  /** How often it has struck. */
  struck: number;
}

/** The faults that lie in wait, in the order in which they were added. */
export interface Faults {
  add(rule: FaultRule): Fault;
  list(): Fault[];
  /** @returns whether there was one with this id. */
  remove(id: number): boolean;
  clear(): void;
  /** The first that strikes this request, if any. */
  strike(action: string): Fault | undefined;
}

export function createFaults(random: SeededRandom): Faults {
  const faults = new Map<number, Fault>();
  let lastId = 0;

  return {
    add(rule) {
      lastId += 1;
      const fault = { id: lastId, struck: 0, ...rule };
      faults.set(lastId, fault);
      return { ...fault };
    },
    list: () => [...faults.values()].map((fault) => ({ ...fault })),
    remove: (id) => faults.delete(id),
    clear() {
      faults.clear();
      lastId = 0;
    },
    strike(action) {
      for (const fault of faults.values()) {
        if (fault.action !== undefined && fault.action !== action) continue;
        if (fault.probability !== undefined && random.fraction() >= fault.probability) continue;
        fault.struck += 1;
        if (fault.struck === fault.count) faults.delete(fault.id);
        return { ...fault };
      }
      return undefined;
    },
  };
}
