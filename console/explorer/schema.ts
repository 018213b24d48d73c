import type { Contract, Schema } from './contracts.ts';

type Schemas = Contract['schemas'];

/** What a schema is once its references are followed. What stands beside a reference goes before what it leads to. */
export function resolved(schema: Schema, schemas: Schemas): Schema {
  const { $ref, allOf, ...own } = schema;
  const parts = [...($ref === undefined ? [] : [schemas[$ref.replace(/^.*\//, '')] ?? {}]), ...(allOf ?? [])];
  if (parts.length === 0) return schema;
  return Object.assign({}, ...parts.map((part) => resolved(part, schemas)), own);
}

type Kind = 'object' | 'list' | 'string' | 'number' | 'boolean' | 'any';

export interface Shape {
  kind: Kind;
  /** As people read it: `string`, `integer[]`, … */
  type: string;
  mayBeNull: boolean;
  /** What it is beside null. */
  schema: Schema;
  /** Undefined: any. */
  values: readonly string[] | undefined;
}

/** What may stand in the place of a schema. */
export function shapeOf(given: Schema, schemas: Schemas): Shape {
  const whole = resolved(given, schemas);
  const options = whole.anyOf?.filter(({ type }) => type !== 'null');
  const [only] = options ?? [];
  const isOne = options?.length === 1 && only !== undefined;
  const schema = isOne ? { ...resolved(only, schemas), ...beside(whole) } : whole;
  const types = [schema.type ?? []].flat();
  const type = types.find((name) => name !== 'null');
  const mayBeNull =
    types.includes('null') || (whole.anyOf?.some((option) => option.type === 'null') ?? false);
  const values = schema.const === undefined ? schema.enum : [schema.const];
  return {
    kind: kindOf(type, schema),
    type: typeText(type, schema, schemas),
    mayBeNull,
    schema,
    values: values?.filter((value) => value !== null).map(String),
  };
}

function beside({ description, deprecated, default: standard }: Schema): Schema {
  return {
    ...(description !== undefined && { description }),
    ...(deprecated !== undefined && { deprecated }),
    ...(standard !== undefined && { default: standard }),
  };
}

function kindOf(type: string | undefined, { properties = {}, const: only }: Schema): Kind {
  if (type === 'array') return 'list';
  if (type === 'object') return Object.keys(properties).length === 0 ? 'any' : 'object';
  if (type === 'integer' || type === 'number') return 'number';
  if (type === 'string' || type === 'boolean') return type;
  return only === true ? 'boolean' : 'any';
}

function typeText(type: string | undefined, { items }: Schema, schemas: Schemas): string {
  if (type !== 'array') return type ?? 'any';
  return `${items === undefined ? 'any' : shapeOf(items, schemas).type}[]`;
}

/** Of what a value has bounds: itself, its length, its items. */
export type Bound = readonly ['value' | 'length' | 'items', string];

/** `1–200`, `≥ 0`: what bounds a value. */
export function boundsOf(schema: Schema): Bound[] {
  const { minLength, maxLength, minimum, maximum, minItems, maxItems } = schema;
  const bounds: Bound[] = [
    ['value', between(minimum, maximum)],
    ['length', between(minLength, maxLength)],
    ['items', between(minItems, maxItems)],
  ];
  return bounds.filter(([, text]) => text !== '');
}

function between(least: number | undefined, most: number | undefined): string {
  if (least !== undefined && most !== undefined) return `${least}–${most}`;
  if (least !== undefined) return `≥ ${least}`;
  return most === undefined ? '' : `≤ ${most}`;
}
