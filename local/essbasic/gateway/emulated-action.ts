import type { Action, RequestOf } from '../../../shared/contract/action.ts';
import type { SeededRandom } from '../state/seeded-random.ts';
import type { World } from '../state/world.ts';
import type { Outcome } from './outcome.ts';

/** What an action may use. */
export interface ActionContext {
  world: World;
  /** Time of the emulated service. Unix seconds. */
  nowS: number;
  /** Makes ids. */
  random: SeededRandom;
  /** Where the emulator itself is reached, without a slash at the end. */
  baseUrl: string;
}

/** One action of the emulated service: its contract and its behaviour. */
export interface EmulatedAction<A extends Action = Action> {
  contract: A;
  /** The id in a request that can force an error, see `forced-error.ts`. */
  forcibleId(request: RequestOf<A>): string | undefined;
  /** Gets requests that keep the contract. */
  handle(request: RequestOf<A>, context: ActionContext): Outcome;
}

/** Keeps the type of the requests while it is checked, and lets go of it for the registry, where all are alike. */
export function emulate<A extends Action>(action: EmulatedAction<A>): EmulatedAction {
  // The gateway hands over nothing that has not passed this very contract's request schema.
  return action as unknown as EmulatedAction;
}
