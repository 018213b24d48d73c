import type { Json } from '../../../cloud-api/merge-patch.ts';
import type { ScfErrorCode } from '../error-codes.ts';
import type { ManagedName, Step } from '../good-requests.ts';

/** A change to the good request of an action that makes it answer a code. */
export interface Provocation {
  action: ManagedName;
  code: ScfErrorCode;
  /** A JSON Merge Patch: null takes a member away. */
  patch: Readonly<Record<string, Json>>;
  /** What is asked for first. */
  before?: readonly Step[];
}
