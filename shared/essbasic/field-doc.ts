import type * as z from 'zod/mini';
import type { Text } from '../text.ts';

/** What a schema cannot say of one field. Type, bounds and whether it is required stand in the schema. */
export interface FieldDoc extends Text {
  /** Release of the official SDK in which the field first appeared; absent where that is not known. */
  since?: string;
  /** What applies when the field is absent. */
  default?: number | boolean | Text;
  /** Release of the official SDK that deprecated the field; `true` where that is not known. */
  deprecated?: string | true;
  /** The struct has it as optional, the texts of our actions demand it. */
  requiredByText?: true;
}

/** One {@link FieldDoc} for each field of a schema, no more and no less. */
export type FieldDocs<Schema extends z.ZodMiniObject> = Readonly<
  Record<keyof Schema['shape'] & string, FieldDoc>
>;
