/** Work that is asked for in one call and done row by row. */
import type { Text } from '../../text.ts';
import type { CreateCommand } from '../life/create-code.ts';
import type { Tenant } from '../ports.ts';

/** What is done to codes that are there. */
export const batchChanges = ['Pause', 'Resume', 'RenewNow', 'Cancel'] as const;
export type BatchChange = (typeof batchChanges)[number];
export type BatchOperation = 'Create' | BatchChange;

/** Rows of one batch. */
export const mostRows = 500;

/**
 * `unknown`: the create was sent and its answer never came, so that a QR code may live upstream whose id is not known.
 * `cancelled`: the batch was cancelled before the row was begun.
 */
export const rowStates = ['waiting', 'done', 'failed', 'unknown', 'cancelled'] as const;
export type RowState = (typeof rowStates)[number];

export interface Batch extends Pick<Tenant, 'appId'> {
  readonly batchId: string;
  /** Those of its rows, each once. */
  readonly organizations: readonly string[];
  readonly operation: BatchOperation;
  /** Who asked for it: what its rows do is done in their name. */
  readonly actor: string;
  readonly total: number;
  readonly createdAtMs: number;
  readonly cancelledAtS: number | null;
}

/** A row that nobody has begun. */
export interface NewRow {
  /** From 1. */
  readonly number: number;
  readonly organization: string;
  /** The code that it is about; of a create the id that the code will have, which is the key of its idempotency. */
  readonly codeId: string;
  readonly externalId: string | null;
  /** What a create is asked with, sealed; null: no create. */
  readonly sealed: string | null;
}

/** What a create of a batch is asked with. */
export type RowCommand = Pick<CreateCommand, 'request' | 'policy' | 'members'>;

/** The right to work on a row. */
export interface RowLease {
  readonly batchId: string;
  readonly number: number;
  readonly token: string;
}

export interface RowClaim {
  readonly lease: RowLease;
  readonly tenant: Tenant;
  readonly operation: BatchOperation;
  readonly actor: string;
  readonly codeId: string;
  readonly sealed: string | null;
  /** Somebody has written down a create for it, and not what became of it. */
  readonly begun: boolean;
  /** Tries that failed and were put off. */
  readonly failures: number;
  readonly isCancelled: boolean;
}

/** What became of a row. */
export type RowResult =
  | { readonly state: 'done' | 'cancelled' }
  | {
      readonly state: 'failed' | 'unknown';
      /** Upstream's code, or ours. */
      readonly code: string;
      readonly text: Text;
      readonly upstreamRequestId: string | null;
    };

/** A row as people see it. */
export interface RowRecord {
  readonly number: number;
  readonly organization: string;
  readonly codeId: string;
  readonly externalId: string | null;
  readonly state: RowState;
  readonly errorCode: string | null;
  readonly errorText: Text | null;
  readonly upstreamRequestId: string | null;
  readonly failures: number;
  readonly settledAtS: number | null;
}

export interface BatchRecord extends Batch {
  readonly counts: Readonly<Record<RowState, number>>;
  /** Of the row that was settled last. Unix seconds. */
  readonly settledAtS: number | null;
}
