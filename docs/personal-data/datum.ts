import type { RetentionPolicy } from '../../shared/store/upkeep/retention.ts';
import type { Text } from '../../shared/text.ts';

/** What of a person rests in the database, with its way in, its guard and its way out. */
export interface Datum {
  /** `table.column` of each column that holds it. */
  readonly columns: readonly string[];
  readonly what: Text;
  /** Who brings it. */
  readonly from: Text;
  readonly guard: Guard;
  /** `days` are those of the retention policy, counted from what `after` says; `more`: until it really goes. */
  readonly kept: { readonly days: keyof RetentionPolicy; readonly after: Text; readonly more?: Text } | Text;
  readonly seenBy: Text;
  readonly goes: Text;
}

/** `as-came`: as Tencent encrypted it; what came in clear is sealed. In clear there is a reason. */
export type Guard = 'sealed' | 'as-came' | 'hashed' | { readonly clear: Text };
