import type { Generation } from '../codes/code.ts';
import type { LockedCode } from '../codes/ports.ts';
import { type CodeRow, codeColumns, toCode } from './register-rows.ts';

/** A code together with who is at work on it. `c`: codes. */
export const leasedCodeColumns = `${codeColumns}, c.lease_token::text as "leaseToken",
  coalesce(c.lease_until > clock_timestamp(), false) as leased`;

export interface LeasedCodeRow extends CodeRow {
  leaseToken: string;
  leased: boolean;
}

export function toLeasedCode(row: LeasedCodeRow, current: Generation | null): LockedCode {
  const { leaseToken, leased, ...code } = row;
  return { code: toCode(code, current), leaseToken, leased };
}
