/** Requests as a schema wants them, with odd texts wherever a text may stand. */
import fc from 'fast-check';
import * as z from 'zod/mini';
import { oddText } from './odd-texts.ts';

interface Schema {
  type?: string | string[];
  anyOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  properties?: Record<string, Schema>;
  required?: string[];
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  minimum?: number;
  maximum?: number;
}

/** What a schema does not say of a member, by its name. */
export type Known = Readonly<Record<string, fc.Arbitrary<unknown>>>;

/** Where a schema sets no bound, texts still end. Code points. */
const longestText = 300;

export function rightRequests(schema: z.ZodMiniObject, known: Known): fc.Arbitrary<Record<string, unknown>> {
  // The schema of a request is one of an object.
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input' }) as Schema;
  return membersOf(properties, required, known);
}

function membersOf(properties: Record<string, Schema>, required: readonly string[], known: Known) {
  const members = Object.entries(properties).map(([name, member]) => [
    name,
    known[name] ?? valuesOf(member, known),
  ]);
  const record: Record<string, fc.Arbitrary<unknown>> = Object.fromEntries(members);
  return fc.record(record, { requiredKeys: [...required], noNullPrototype: true });
}

function valuesOf(schema: Schema, known: Known): fc.Arbitrary<unknown> {
  const { anyOf, const: only, enum: choices, minLength = 0, maxLength = longestText, pattern } = schema;
  if (anyOf) return fc.oneof(...anyOf.map((form) => valuesOf(form, known)));
  if (only !== undefined) return fc.constant(only);
  if (choices) return fc.constantFrom(...choices);
  if (Array.isArray(schema.type))
    return fc.oneof(...schema.type.map((type) => valuesOf({ ...schema, type }, known)));
  switch (schema.type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.maxSafeInteger().map((number) => within(number, schema));
    case 'string':
      return pattern === undefined ? oddText(minLength, maxLength) : fc.stringMatching(new RegExp(pattern));
    case 'array': {
      const { minItems = 0, maxItems = 4, items = {} } = schema;
      const most = Math.min(maxItems, minItems + 4);
      return fc.uniqueArray(valuesOf(items, known), {
        minLength: minItems,
        maxLength: most,
        selector: String,
      });
    }
    case 'object':
      return membersOf(schema.properties ?? {}, schema.required ?? [], known);
    default:
      throw new Error(`no request can be made up for ${JSON.stringify(schema)}`);
  }
}

/** The bounds themselves are as likely as all that lies between them. */
function within(number: number, { minimum = -1e9, maximum = 1e9 }: Schema): number {
  if (number % 5 === 0) return minimum;
  if (number % 5 === 1) return maximum;
  return minimum + (Math.abs(number) % (maximum - minimum + 1));
}
