import type { Faults } from '../cloud-api/faults.ts';
import type { Journal } from '../cloud-api/journal/journal.ts';
import type { Callbacks } from './callbacks/callbacks.ts';
import type { ContractService } from './state/contract-service.ts';
import type { Organisation, OwnedTemplate, SignCode } from './state/entities.ts';
import type { Snapshot } from './state/snapshot.ts';
import type { Truth } from './state/truth.ts';
import type { VirtualClock } from './state/virtual-clock.ts';
import type { Owner } from './state/world.ts';

/** How a clock is moved by hand: set, then moved on, then made faster or slower. */
export interface ClockChange {
  /** Epoch milliseconds. */
  setMs?: number;
  advanceMs?: number;
  /** 1 is real time, 0 stands still. */
  speed?: number;
}

/** What ran while a clock was moved, by name and number of times. */
export interface MoveReport {
  ran?: Readonly<Record<string, number>>;
}

/** The emulator as a test holds it in its hand. The control plane under `/_emulator/` offers the same over HTTP. */
export interface Emulator {
  /**
   * Starts to listen, on any free port where none is given, on `127.0.0.1` where no host is.
   * Pages have their addresses below `shownHost`, which is `host` unless given.
   * Rejects with the error of the system, whose `code` is `EADDRINUSE` where the port is taken.
   */
  listen(port?: number, host?: string, shownHost?: string): Promise<{ url: string; port: number }>;
  /** Stops listening and closes every connection. */
  close(): Promise<void>;
  /** The time that codes expire by and requests are counted by. */
  readonly clock: VirtualClock;
  /**
   * Moves the clock, and all else that lives by it.
   * @throws {Failure} where something that does cannot follow
   */
  moveClock(change: ClockChange): Promise<MoveReport>;
  readonly templates: {
    list(owner?: Owner): OwnedTemplate[];
    /** Adds a template, or replaces the one with its id. */
    put(template: OwnedTemplate): void;
    /** @returns whether there was one. */
    remove(TemplateId: string): boolean;
  };
  readonly organisations: {
    list(): Organisation[];
    /** Adds an organisation, or replaces the one with its ids. */
    put(organisation: Organisation): void;
    /** @throws {Failure} `NotFound` */
    setQuota(owner: Owner, quota: number): void;
  };
  readonly codes: {
    list(): SignCode[];
    get(QrCodeId: string): SignCode | undefined;
  };
  readonly faults: Faults;
  readonly journal: Journal;
  readonly callbacks: Callbacks;
  /**
   * Lets people scan a code, at once. One person without a name, if nothing else is said.
   * @throws {Failure} `NotFound`
   */
  readonly scan: ContractService['scan'];
  /** Lets made-up people, or given ones, scan a code in the course of time and do what they will with the contract. */
  readonly crowd: ContractService['crowd'];
  /** Lists contracts, signs and ends them at once, and plans what becomes of those that are still open. */
  readonly contracts: Pick<ContractService, 'list' | 'act' | 'signing'>;
  /** What has really happened by now: contracts, failures for lack of quota, and when quota was lacking. */
  truth(): Truth;
  /**
   * All that the service remembers, its clock, its randomness, and the notifications; not the faults, the journal, and
   * how notifications are sent.
   */
  snapshot(): Snapshot;
  /**
   * Goes back to a snapshot. The clock runs on as if it had never been stopped.
   * @throws {Failure} `InvalidRequest`, with every problem; nothing is changed then.
   */
  restore(snapshot: unknown): void;
  /** Back to the seeds, real time and the first id of the seed, which is the old one unless a new one is given. */
  reset(options?: { seed?: number }): void;
}
