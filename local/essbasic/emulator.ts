import type { Callbacks } from './callbacks/callbacks.ts';
import type { Faults } from './gateway/faults.ts';
import type { Journal } from './gateway/journal.ts';
import type { ContractService } from './state/contract-service.ts';
import type { Organisation, OwnedTemplate, SignCode } from './state/entities.ts';
import type { ScanRefusal } from './state/scan.ts';
import type { Snapshot } from './state/snapshot.ts';
import type { Truth } from './state/truth.ts';
import type { VirtualClock } from './state/virtual-clock.ts';
import type { Owner } from './state/world.ts';

export interface StartedContract {
  FlowId: string;
  FlowName: string;
  /** Unix seconds. */
  CreatedOn: number;
  DeadLine: number;
}

/** What several people come to who scan a code one after the other. */
export interface ScanReport {
  Started: StartedContract[];
  /** Those turned away, all for the same reason: once a scan is refused, so is the next like it. */
  Refused?: { count: number; reason: ScanRefusal; zh: string; en: string };
  Used: number;
  MaxFlowNum: number;
  /** Contracts that the organisation has left. */
  Quota: number;
}

/** The emulator as a test holds it in its hand. The control plane under `/_emulator/` offers the same over HTTP. */
export interface Emulator {
  /**
   * Starts to listen, on any free port where none is given, on `127.0.0.1` where no host is.
   * Rejects with the error of the system, whose `code` is `EADDRINUSE` where the port is taken.
   */
  listen(port?: number, host?: string): Promise<{ url: string; port: number }>;
  /** Stops listening and closes every connection. */
  close(): Promise<void>;
  /** The time that codes expire by and requests are counted by. */
  readonly clock: VirtualClock;
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
