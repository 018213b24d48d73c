import { Failure } from '../errors.ts';
import { type Scope, type Surroundings, seconds } from '../world.ts';
import type { ContractForgetting } from './reading-ports.ts';

export interface ForgetCommand {
  readonly flowId: string;
  readonly scope: Scope;
  readonly actor: string;
}

/**
 * Removes what is kept of one person's contract: the content of the messages about it, and their link to it. What is left
 * says that there was a contract of that code in that state, so that counts stay right and a message that comes late is
 * known, and not kept.
 *
 * @throws Failure `NotFound`, also for a contract that the caller may not see
 */
export async function forgetContract(
  { contracts, surroundings }: { contracts: ContractForgetting; surroundings: Pick<Surroundings, 'nowMs'> },
  command: ForgetCommand,
) {
  const forgotten = await contracts.forget(command, seconds(surroundings.nowMs()));
  if (forgotten === undefined) throw new Failure('NotFound', { detail: noContract });
  return {
    FlowId: command.flowId,
    ForgottenOn: Math.floor(forgotten.forgottenAtS),
    Notifications: forgotten.notifications,
  };
}

const noContract = { zh: '没有这份合同', en: 'There is no such contract' };
