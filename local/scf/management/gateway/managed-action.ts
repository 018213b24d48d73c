import type * as z from 'zod/mini';
import type { Outcome } from '../../../essbasic/gateway/outcome.ts';
import type { ScfErrorCode } from '../error-codes.ts';
import type { Services } from '../services.ts';

/** One action of the management API: what it takes, what it may refuse with, and what it does. */
export interface ManagedAction<S extends z.ZodMiniType = z.ZodMiniType> {
  name: string;
  request: S;
  /** What it may answer beside the codes of the gateway, and upstream's list of the action has. */
  publishedCodes: readonly ScfErrorCode[];
  /** What it may answer although no list has it: the best fitting code. */
  assumedCodes?: readonly ScfErrorCode[];
  /** The code for a wrong value of a member; of anything else it is `InvalidParameterValue`. */
  valueCodes?: Readonly<Record<string, ScfErrorCode>>;
  /** Where it is not the 20 of all others. */
  requestsPerSecond?: number;
  /** Gets requests that keep the schema. */
  handle(request: z.output<S>, services: Services): Outcome | Promise<Outcome>;
}

/** Keeps the type of the requests while it is checked, and lets go of it for the registry, where all are alike. */
export function manage<S extends z.ZodMiniType>(action: ManagedAction<S>): ManagedAction {
  // The gateway hands over nothing that has not passed this very schema.
  return action as unknown as ManagedAction;
}

export const done: Outcome = { ok: true, response: {} };
