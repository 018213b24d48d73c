import { Failure, QianmaError } from '../shared/errors.ts';
import { meaningOf } from './answers.ts';
import type { Clock } from './clock.ts';
import type { CloudApi } from './cloud-api.ts';
import type { CurrentFunction, CurrentState } from './current-state.ts';
import { checkInvocation } from './invocation-result.ts';
import type { Note, Planner } from './plan.ts';
import { allParts, readDomain } from './read-state.ts';
import { settle } from './settle.ts';
import type { Action, CallStep, Part, Step } from './step.ts';

export interface Reconciliation {
  planner: Planner;
  current: CurrentState;
  api: CloudApi;
  clock: Clock;
  namespace: string;
  onStep?: (step: Step) => void;
  onDone?: (step: Step, durationMs: number) => void;
}

export interface Outcome {
  current: CurrentState;
  /** The calls that were made, in the order in which they ended. */
  done: readonly CallStep[];
  failed: readonly Note[];
}

/** What an action changes, and is therefore read again. A deleted function is gone in every part. */
const affected: Readonly<Record<Action, readonly Part[]>> = {
  CreateFunction: allParts,
  UpdateFunctionCode: ['function'],
  UpdateFunctionConfiguration: ['function'],
  DeleteFunction: ['function'],
  UpdateFunctionEventInvokeConfig: ['asyncRetry'],
  PutReservedConcurrencyConfig: ['reserved'],
  DeleteReservedConcurrencyConfig: ['reserved'],
  PutProvisionedConcurrencyConfig: ['provisioned'],
  DeleteProvisionedConcurrencyConfig: ['provisioned'],
  CreateTrigger: ['triggers'],
  UpdateTrigger: ['triggers'],
  DeleteTrigger: ['triggers'],
  PublishVersion: ['function', 'versions'],
  CreateAlias: ['served'],
  UpdateAlias: ['served'],
  Invoke: [],
  // The domain is no function: it is read as a whole.
  CreateCustomDomain: [],
  UpdateCustomDomain: [],
  DeleteCustomDomain: [],
};

/** How often a function may be looked at again after a call whose outcome nobody knows. */
const unknownLimit = 5;
const pauseMs = 1000;

/**
 * Takes the steps of a plan, each function by itself and all of them at once, planning anew after each step, until
 * nothing is left to do. What fails stops its own function and what waits for it; the rest goes on.
 */
export async function reconcile(work: Reconciliation): Promise<Outcome> {
  let current = work.current;
  const running = new Map<string, Promise<void>>();
  const failed = new Map<string, string>();
  const unknown = new Map<string, number>();
  const last = new Map<string, string>();
  const done: CallStep[] = [];

  async function take(step: Step): Promise<void> {
    const startedMs = work.clock.nowMs();
    refuseRepetition(step, last);
    work.onStep?.(step);
    const isKnown = step.kind === 'wait' || (await carryOut(step, work));
    if (!isKnown) await countUnknown(step, unknown, work.clock);
    const seen = isKnown
      ? { parts: partsOf(step), remembered: step.kind === 'call' ? step.remember : undefined }
      : { parts: allParts, remembered: undefined };
    const changed = await look(step, seen, work);
    current = changed(current);
    if (!isKnown) last.delete(step.target);
    if (step.kind === 'wait' || !isKnown) return;
    done.push(step);
    work.onDone?.(step, work.clock.nowMs() - startedMs);
    refuseFailure(step, current.functions[step.target]);
  }

  for (;;) {
    const steps = work.planner(current).filter(({ target }) => !running.has(target) && !failed.has(target));
    for (const step of steps) {
      const { target } = step;
      const taken = take(step)
        .catch((error: unknown) => void failed.set(target, `${actionOf(step)}: ${sentence(error)}`))
        .finally(() => running.delete(target));
      running.set(target, taken);
    }
    if (running.size === 0) break;
    await Promise.race(running.values());
  }
  return { current, done, failed: [...failed].map(([target, text]) => ({ target, text })) };
}

const actionOf = (step: Step) => (step.kind === 'call' ? step.action : 'waiting');
const partsOf = (step: Step) => (step.kind === 'call' ? affected[step.action] : [step.part]);

/** A step that is asked for again right after it was taken had no effect, and would have none for ever. */
function refuseRepetition(step: Step, last: Map<string, string>): void {
  const key = step.kind === 'call' ? JSON.stringify([step.action, step.reason]) : '';
  if (step.kind === 'call' && last.get(step.target) === key)
    throw conflict(`the platform took the call and did not change: ${step.reason}`);
  last.set(step.target, key);
}

/** False: it may have been done, or not. */
async function carryOut(step: CallStep, { api }: Reconciliation): Promise<boolean> {
  try {
    const answer = await api(step.action, step.parameters);
    if (step.action === 'Invoke') checkInvocation(answer);
    return true;
  } catch (error) {
    const meaning = meaningOf(step.action, error);
    if (meaning === 'fulfilled') return true;
    if (meaning === 'unknown') return false;
    throw error;
  }
}

async function countUnknown({ target }: Step, unknown: Map<string, number>, clock: Clock): Promise<void> {
  const count = (unknown.get(target) ?? 0) + 1;
  unknown.set(target, count);
  if (count > unknownLimit) throw conflict('no call is answered');
  await clock.sleep(pauseMs);
}

interface Seen {
  parts: readonly Part[];
  remembered: CallStep['remember'];
}

/** Reads what a step has changed. Returns what that does to the state, which may have changed meanwhile. */
async function look(
  step: Step,
  seen: Seen,
  work: Reconciliation,
): Promise<(state: CurrentState) => CurrentState> {
  const { target } = step;
  if (step.kind === 'call' && step.action.endsWith('CustomDomain')) {
    const domain = await readDomain(work.api, target);
    return (state) => ({ ...state, domain });
  }
  const read = seen.parts.length === 0 ? {} : await settle(work, target, seen.parts);
  return (state) => {
    const { [target]: existing, ...others } = state.functions;
    if (read === undefined) return { ...state, functions: others };
    // Every part has been read, now or when the function was seen first.
    const it = { migratedTo: undefined, ...existing, ...read, ...seen.remembered } as CurrentFunction;
    return { ...state, functions: { ...others, [target]: it } };
  };
}

const conflict = (detail: string) => new Failure('StateConflict', { detail });

/** The platform took the call and failed afterwards. */
function refuseFailure({ action }: CallStep, it: CurrentFunction | undefined): void {
  if (action === 'DeleteFunction' && it !== undefined) throw conflict(`is ${it.status}`);
  if (it === undefined || !/^(Create|Update|Publish)Failed$/.test(it.status)) return;
  throw conflict(`is ${it.status}${it.statusReason && `: ${it.statusReason}`}`);
}

function sentence(error: unknown): string {
  if (error instanceof QianmaError) {
    const request = error.upstreamRequestId ? ` (RequestId ${error.upstreamRequestId})` : '';
    return `${error.code}: ${error.detail ?? error.title.en}${request}`;
  }
  return error instanceof Error ? error.message : String(error);
}
