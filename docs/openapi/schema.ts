import type { Text } from '../../shared/text.ts';

/** A schema of JSON Schema 2020-12, as far as the document needs it. */
export interface JsonSchema {
  $ref?: string;
  type?: string | readonly string[];
  description?: string;
  properties?: Readonly<Record<string, JsonSchema>>;
  required?: readonly string[];
  additionalProperties?: boolean | JsonSchema;
  items?: JsonSchema;
  anyOf?: readonly JsonSchema[];
  allOf?: readonly JsonSchema[];
  enum?: readonly unknown[];
  const?: unknown;
  default?: unknown;
  deprecated?: boolean;
  format?: string;
  examples?: readonly unknown[];
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
}

/** Where each named schema stands. */
export const componentRef = (name: string) => `#/components/schemas/${name}`;

/** Both languages, as every reader of the document shows them. */
export const both = ({ en, zh }: Text) => `${en}\n\n${zh}`;

/** A schema whose value may be null, too. */
export function orNull(schema: JsonSchema): JsonSchema {
  const { type, description, ...rest } = schema;
  if (typeof type === 'string') {
    return { ...schema, type: [type, 'null'], ...(schema.enum && { enum: [...schema.enum, null] }) };
  }
  return {
    ...(description !== undefined && { description }),
    anyOf: [{ ...(type !== undefined && { type }), ...rest }, { type: 'null' }],
  };
}

/** The values of a member whose text is nothing but a list of them: `` `Pause`, `Resume` or `RenewNow` ``. */
export function valuesIn({ en }: Text): readonly string[] | undefined {
  const isList = /^`[\w-]+`(?:(?:, | or )`[\w-]+`)*$/.test(en);
  return isList ? [...en.matchAll(/`([\w-]+)`/g)].map(([, value = '']) => value) : undefined;
}

const oneOf: Text = { en: 'One of these values', zh: '取下列值之一' };

/** What a member means, beside its values where those are all that is said. */
export const meaning = (text: Text) => both(valuesIn(text) === undefined ? text : oneOf);
