import type { AsynchronousInvoker } from '../asynchronous-invocation.ts';
import type { Runner } from './run/runner.ts';
import type { AsynchronousTarget, Triggers } from './run/triggers.ts';
import type { Account } from './state/account.ts';
import type { Settling } from './state/life.ts';
import type { TakenTransitionFailures } from './state/transition-failures.ts';

/** What the actions work with. */
export interface Services {
  account: Account;
  /** How long what is asynchronous takes. */
  settling: Settling;
  /** How often a Function URL is looked at before it is shown. */
  urlPolls: number;
  failures: TakenTransitionFailures;
  runner: Runner;
  triggers: Triggers;
  asynchronous: AsynchronousInvoker<AsynchronousTarget>;
  /** Of the clock by which timers fire and acts end. Epoch milliseconds. */
  nowMs(): number;
  /** From 0 up to, not including, 1. */
  fraction(): number;
  newId(): string;
}
