import * as z from 'zod/mini';
import { requestsPerSecond } from '../../../../shared/scf/limits.ts';
import type { ApiAction } from '../../../cloud-api/cloud-service.ts';
import type { Outcome } from '../../../cloud-api/outcome.ts';
import type { ScfErrorCode } from '../error-codes.ts';
import { functionMembers } from '../schemas/names.ts';
import type { Services } from '../services.ts';
import { type FunctionNamed, findFunction, refuseBusy } from '../state/find.ts';
import type { FunctionRecord } from '../state/function-record.ts';

interface ActionFacts {
  name: string;
  /** What it may answer beside the codes of the gateway, and upstream's list of the action has. */
  publishedCodes: readonly ScfErrorCode[];
  /** What it may answer although no list has it: the best fitting code. */
  assumedCodes?: readonly ScfErrorCode[];
  /** The code for a wrong value of a member; of anything else it is `InvalidParameterValue`. */
  valueCodes?: Readonly<Record<string, ScfErrorCode>>;
}

/** One action of the management API: what it takes, what it may refuse with, and what it does. */
export interface ManagedAction extends ApiAction, Required<ActionFacts> {
  /** Gets requests that keep the schema. */
  handle(request: unknown, services: Services): Outcome | Promise<Outcome>;
}

interface TypedAction<S extends z.ZodMiniType> extends ActionFacts {
  request: S;
  handle(request: z.output<S>, services: Services): Outcome | Promise<Outcome>;
}

/** Keeps the type of the requests while it is checked, and lets go of it for the registry, where all are alike. */
export function manage<S extends z.ZodMiniType>(action: TypedAction<S>): ManagedAction {
  const { assumedCodes = [], valueCodes = {} } = action;
  // The gateway hands over nothing that has not passed this very schema.
  const handle = action.handle as ManagedAction['handle'];
  return { ...action, assumedCodes, valueCodes, requestsPerSecond, handle };
}

/** A request that names a function, and has these members beside. */
type Naming<M extends z.core.$ZodShape> = z.ZodMiniObject<typeof functionMembers & M, z.core.$strict>;

interface FunctionAction<M extends z.core.$ZodShape> extends ActionFacts {
  /** Beside those that name the function. */
  members: M;
  /** The code with which it refuses a function whose status is another than `Active`. */
  busyCode?: ScfErrorCode;
  handle(request: z.output<Naming<M>>, fn: FunctionRecord, services: Services): Outcome | Promise<Outcome>;
}

/** An action on a function that there is. */
export function manageFunction<M extends z.core.$ZodShape>(action: FunctionAction<M>): ManagedAction {
  const { members, busyCode, handle, ...facts } = action;
  const request: Naming<M> = z.strictObject({ ...functionMembers, ...members });
  return manage({
    ...facts,
    request,
    handle(asked, services) {
      // Every request of this kind has them; the compiler does not see through the members that are not known yet.
      const fn = findFunction(services, asked as FunctionNamed);
      if (!fn.ok) return fn;
      const { latest } = fn.value;
      if (busyCode !== undefined && latest.life.status !== 'Active') {
        return refuseBusy(services, fn.value, latest, busyCode);
      }
      return handle(asked, fn.value, services);
    },
  });
}

export const done: Outcome = { ok: true, response: {} };
