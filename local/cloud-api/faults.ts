import type { SeededRandom } from './seeded-random.ts';

/** How a request goes wrong on purpose. Faults strike on arrival, before any check of the request. */
export interface FaultRule {
  /** The action it strikes; every one if left out. */
  action?: string | undefined;
  /** Answers with this error, listed or not. */
  code?: string | undefined;
  message?: string | undefined;
  /** Answers with this HTTP status, from 400 to 599, and a page that is no JSON, as a broken gateway does. */
  httpStatus?: number | undefined;
  /** Closes the connection without an answer: before the request has its effect, or after. */
  drop?: 'before' | 'after' | undefined;
  /** Lets the request have its effect and cuts its answer short. */
  malformed?: true | undefined;
  /** With `code` or `httpStatus`: the request has its effect all the same. */
  afterEffect?: boolean | undefined;
  /** Real milliseconds to wait first. */
  latencyMs?: number | undefined;
  /** From 0 to 1; always if left out. */
  probability?: number | undefined;
  /** Strikes so many times and is gone. */
  count?: number | undefined;
}

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
