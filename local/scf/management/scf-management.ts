import type { Faults } from '../../cloud-api/faults.ts';
import type { Journal } from '../../cloud-api/journal/journal.ts';
import type { AccountState } from './state/account-state.ts';
import type { TransitionFailures } from './state/transition-failures.ts';

/** The stand-in as a test holds it in its hand. */
export interface ScfManagement {
  /**
   * Starts to listen, on any free port where none is given, on `127.0.0.1`; this is the endpoint of the API.
   * Rejects with the error of the system, whose `code` is `EADDRINUSE` where the port is taken.
   */
  listen(port?: number): Promise<{ url: string; port: number }>;
  /** Stops listening, its timers, its Function URLs and every instance. */
  close(): Promise<void>;
  /** What there is, as plain data; without values of variables and without code. */
  state(): AccountState;
  /** The newest thousand requests. Holds no key, no value of a variable, no event and no code. */
  readonly journal: Journal;
  /** How requests go wrong: codes, HTTP errors, connections that break before or after the effect; by action and count. */
  readonly faults: Faults;
  /** How acts fail at their end: `CreateFailed`, `UpdateFailed`, `PublishFailed`, `DeleteFailed`. */
  readonly failures: TransitionFailures;
}
