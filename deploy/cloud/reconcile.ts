import { Failure, QianmaError } from '../../shared/errors.ts';
import { failureText } from '../../shared/shell/failure-text.ts';
import { inBoth, type Text } from '../../shared/text.ts';
import { type CurrentFunction, type CurrentState, statusText } from '../plan/current-state.ts';
import type { DesiredState } from '../plan/desired-state.ts';
import type { Note, Planner } from '../plan/plan.ts';
import type { Action, CallStep, Part, Step } from '../plan/plan-step.ts';
import type { Clock } from './clock.ts';
import type { CloudApi } from './cloud-api.ts';
import { meaningOf } from './error-meaning.ts';
import { checkInvocation } from './invocation-result.ts';
import { allParts, readDomains } from './read-state.ts';
import { settle } from './settle.ts';

export interface Reconciliation {
  planner: Planner;
  current: CurrentState;
  api: CloudApi;
  clock: Clock;
  /** Whose names and namespace count. */
  desired: DesiredState;
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

/** How often a function may be read again after a call whose outcome is unknown. */
const unknownLimit = 5;
const pauseMs = 1000;

/**
 * Takes the steps of a plan, each function by itself and all of them at once, planning anew after each step, until
 * nothing is left to do. What fails stops its own function and what waits for it; the rest goes on.
 */
export async function reconcile(work: Reconciliation): Promise<Outcome> {
  let current = work.current;
  const running = new Map<string, Promise<void>>();
  const failed = new Map<string, Text>();
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
        .catch((error: unknown) => void failed.set(target, failureOf(step, error)))
        .finally(() => running.delete(target));
      running.set(target, taken);
    }
    if (running.size === 0) break;
    await Promise.race(running.values());
  }
  return { current, done, failed: [...failed].map(([target, text]) => ({ target, text })) };
}

const partsOf = (step: Step) => (step.kind === 'call' ? affected[step.action] : [step.part]);

/** A step that is asked for again right after it was taken had no effect, and would have none for ever. */
function refuseRepetition(step: Step, last: Map<string, string>): void {
  const key = step.kind === 'call' ? JSON.stringify([step.action, step.reason]) : '';
  if (step.kind === 'call' && last.get(step.target) === key)
    throw conflict({
      zh: `平台接受了调用但没有改变：${step.reason.zh}`,
      en: `the platform took the call and did not change: ${step.reason.en}`,
    });
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
  if (count > unknownLimit) throw conflict({ zh: '调用均无应答', en: 'no call is answered' });
  await clock.sleep(pauseMs);
}

interface Seen {
  parts: readonly Part[];
  remembered: CallStep['remember'];
}

/** Reads what a step has changed. Returns what that does to the state, which may have changed since. */
async function look(
  step: Step,
  seen: Seen,
  work: Reconciliation,
): Promise<(state: CurrentState) => CurrentState> {
  const { target } = step;
  if (step.kind === 'call' && step.action.endsWith('CustomDomain')) {
    const domains = await readDomains(work.api, work.desired);
    return (state) => ({ ...state, domains });
  }
  const read =
    seen.parts.length === 0
      ? {}
      : await settle({ ...work, namespace: work.desired.namespace }, target, seen.parts);
  return (state) => {
    const { [target]: existing, ...others } = state.functions;
    if (read === undefined) return { ...state, functions: others };
    // Every part has been read, now or when the function was seen first.
    const it = { migratedTo: undefined, ...existing, ...read, ...seen.remembered } as CurrentFunction;
    return { ...state, functions: { ...others, [target]: it } };
  };
}

const conflict = (detail: Text) => new Failure('StateConflict', { detail });

/** The platform took the call and failed afterwards. */
function refuseFailure({ action }: CallStep, it: CurrentFunction | undefined): void {
  if (action === 'DeleteFunction' && it !== undefined) throw conflict(statusText(it));
  if (it === undefined || !/^(Create|Update|Publish)Failed$/.test(it.status)) return;
  throw conflict(statusText(it));
}

/** What was tried, the code of the failure, its text, and the request by which the platform knows it. */
function failureOf(step: Step, error: unknown): Text {
  const what = step.kind === 'call' ? step.action : 'wait';
  if (!(error instanceof QianmaError))
    return inBoth((language) => `${what}: ${failureText(error)[language]}`);
  const request = error.upstreamRequestId ? ` (RequestId ${error.upstreamRequestId})` : '';
  return inBoth((language) => `${what}: ${error.code}: ${error.sentence(language)}${request}`);
}
