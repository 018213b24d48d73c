/** What batches ask of the store. Times are the caller's, those of leases the database's. */
import type { ListPosition } from '../../list-cursor.ts';
import type { AuditEntry, Scope, SlotAnswer, SlotRequest } from '../../world.ts';
import type { Code } from '../code.ts';
import type { Attempt } from '../life/attempt.ts';
import type { RegisterTransaction, Tenant } from '../ports.ts';
import type {
  Batch,
  BatchRecord,
  NewRow,
  RowClaim,
  RowLease,
  RowRecord,
  RowResult,
  RowState,
} from './batch.ts';

export interface BatchWrites {
  /** Inserts a batch with its rows and an audit line, or nothing of it. */
  insert(batch: Batch, rows: readonly NewRow[], entry: AuditEntry): Promise<void>;
  /** Ends what nobody has begun; what somebody works on is finished. @returns false: there is none, for the scope */
  cancel(batchId: string, scope: Scope, nowS: number, actor: string): Promise<boolean>;
}

/** Codes that a batch is to change. */
export interface BatchTarget {
  readonly codeId: string;
  readonly appId: string;
  readonly organization: string;
  readonly externalId: string | null;
  /** What named it: its label, its external id or its own id. */
  readonly name: string;
  readonly isCancelled: boolean;
}

/** How the codes of a batch are named. */
export type Selection =
  | { readonly by: 'Label'; readonly value: string; readonly organization?: string }
  | { readonly by: 'ExternalIds' | 'CodeIds'; readonly values: readonly string[] };

export interface BatchReads {
  /** Those that the caller may see. By label without the cancelled ones; `limit` at most, oldest first. */
  targets(selection: Selection, scope: Scope, limit: number): Promise<BatchTarget[]>;
  find(batchId: string, scope: Scope): Promise<BatchRecord | undefined>;
  /** Newest first. Of a scope those that are about its organisations alone. */
  list(page: { scope: Scope; after: ListPosition | undefined; limit: number }): Promise<BatchRecord[]>;
  /** By their numbers. */
  rows(
    batchId: string,
    page: { state: RowState | undefined; after: number; limit: number },
  ): Promise<RowRecord[]>;
}

/** What the workers find to do. */
export interface BatchQueue {
  /** Takes rows, as many of each tenant as of any other that has some, and nothing of `except`. */
  claim(
    nowS: number,
    limit: number,
    leaseMs: number,
    options: { except: readonly Tenant[]; batchId?: string },
  ): Promise<RowClaim[]>;
  /** Gives back what was claimed and not begun. */
  release(leases: readonly RowLease[]): Promise<void>;
  /**
   * Notes the create of a row as `Journal.noteFirstCreate` does, and that the row is begun, if it is still ours.
   *
   * @returns `lost`: another has the row; nothing was noted
   */
  noteCreate(
    lease: RowLease,
    create: { code: Code; attempt: Attempt; leaseMs: number; slot: SlotRequest },
  ): Promise<SlotAnswer | 'lost'>;
  /** What the journal says of a create whose code the register does not keep. */
  refusalOf(codeId: string): Promise<Pick<Attempt, 'state' | 'errorCode' | 'upstreamRequestId'> | undefined>;
  /**
   * A transaction of the register that also settles a row as done.
   *
   * @returns undefined: another has the row; nothing was written
   */
  settling<T>(
    lease: RowLease,
    nowS: number,
    work: (tx: RegisterTransaction) => Promise<T>,
  ): Promise<{ result: T } | undefined>;
  /** @returns false: another has the row */
  settle(lease: RowLease, result: RowResult, nowS: number): Promise<boolean>;
  /** Settles what waits of a batch for one tenant, and nobody has begun. */
  settleRest(batchId: string, tenant: Tenant, result: RowResult, nowS: number): Promise<void>;
  /** The row waits again. @param codeId of a create the id that the next try gives; left out: it stays, begun or not */
  putBack(lease: RowLease, until: { dueAtS: number; failures: number; codeId?: string }): Promise<void>;
}
