import type { Action, RequestOf } from '../../../shared/essbasic/action.ts';
import type { ActingAgent } from '../../../shared/essbasic/structs/Agent.ts';
import type { ApiAction } from '../../cloud-api/cloud-service.ts';
import type { Outcome } from '../../cloud-api/outcome.ts';
import type { SeededRandom } from '../../cloud-api/seeded-random.ts';
import type { World } from '../state/world.ts';
import { refusalOfAgent } from './acting-agent.ts';
import { forcedRefusal } from './forced-error.ts';

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

/** What one action of the emulated service is: its contract and its behaviour. */
export interface ActionBehaviour<A extends Action> {
  contract: A;
  /** The id in a request that can force an error, see `forced-error.ts`. */
  forcibleId(request: RequestOf<A>): string | undefined;
  /** Gets requests that keep the contract, of an agent that may use the action. */
  handle(request: RequestOf<A>, context: ActionContext): Outcome;
}

/** One action as the gateway knows it. */
export interface EmulatedAction extends ApiAction {
  contract: Action;
  act(request: unknown, context: ActionContext): Outcome;
}

/** Keeps the type of the requests while it is checked, and lets go of it for the registry, where all are alike. */
export function emulate<A extends Action>(behaviour: ActionBehaviour<A>): EmulatedAction {
  const { contract } = behaviour;
  const { name, request, requestsPerSecond } = contract;
  return {
    name,
    request,
    requestsPerSecond,
    contract,
    act(asked, context) {
      // The gateway hands over nothing that has not passed this very schema, and every contract begins with its Agent.
      const accepted = asked as RequestOf<A> & { Agent: ActingAgent };
      return (
        forcedRefusal(behaviour.forcibleId(accepted)) ??
        refusalOfAgent(accepted.Agent, contract, context.world) ??
        behaviour.handle(accepted, context)
      );
    },
  };
}
