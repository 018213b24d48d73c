import * as z from 'zod/mini';
import type { FieldDoc } from '../shared/contract/field-doc.ts';
import { structs } from '../shared/contract/field-docs.ts';
import { code, compactTable, plain } from './markdown.ts';

type JsonSchema = z.core.JSONSchema.BaseSchema;

const definitions = '#/$defs/';

const named = z.registry<{ id: string }>();
for (const { name, schema } of structs) named.add(schema, { id: name });

const headings = [
  'Field 字段',
  'Type 类型',
  'Bounds 限制',
  'Required 必填',
  'Default 默认',
  'Since 起始',
  'Deprecated 弃用',
  '说明',
  'Description',
];

/** Type and bounds come from the schema, everything else from its documentation. */
export function fieldTable(schema: z.ZodMiniType, docs: Readonly<Record<string, FieldDoc>>): string {
  const { properties = {}, required = [] } = rootOf(z.toJSONSchema(schema, { metadata: named }));
  const rows = Object.entries(properties).map(([name, property]) => {
    const doc = docs[name];
    if (doc === undefined || typeof property === 'boolean') throw new Error(`${name} is not documented`);
    return row(name, unwrap(property), required.includes(name), doc);
  });
  return rows.length === 0 ? '–' : compactTable(headings, rows);
}

/** A named struct is written as a reference to itself. */
function rootOf(schema: JsonSchema): JsonSchema {
  const name = schema.$ref?.replace(definitions, '');
  return (name === undefined ? undefined : schema.$defs?.[name]) ?? schema;
}

function row(name: string, schema: JsonSchema, required: boolean, doc: FieldDoc): string[] {
  return [
    code(name),
    typeOf(schema),
    boundsOf(schema).join(', '),
    required ? (doc.requiredByText ? 'by the text 据说明' : 'yes 是') : '',
    defaultOf(doc),
    doc.since ?? '',
    doc.deprecated === true ? 'yes 是' : (doc.deprecated ?? ''),
    plain(doc.zh),
    plain(doc.en),
  ];
}

/** The schema behind "or null". */
const unwrap = (schema: JsonSchema): JsonSchema =>
  schema.anyOf?.find((option) => option.type !== 'null') ?? schema;

function typeOf(schema: JsonSchema): string {
  if (schema.$ref !== undefined) return structLink(schema.$ref.replace(definitions, ''));
  if (schema.type === 'array') return `${typeOf(itemOf(schema))}[]`;
  if (typeof schema.type !== 'string' || schema.type === 'object')
    throw new Error('A struct is not documented');
  return schema.type;
}

const structLink = (name: string) => `[${name}](#${name.toLowerCase()})`;

function itemOf({ items }: JsonSchema): JsonSchema {
  if (typeof items !== 'object' || Array.isArray(items))
    throw new Error('An array must have one kind of item');
  return items;
}

function boundsOf(schema: JsonSchema): string[] {
  if (schema.type === 'array')
    return [...range('items', schema.minItems, schema.maxItems), ...boundsOf(itemOf(schema))];
  return [
    ...range('length', schema.minLength, schema.maxLength),
    ...range('', safe(schema.minimum), safe(schema.maximum)),
    ...(schema.pattern === undefined ? [] : [code(schema.pattern)]),
    ...(schema.enum ?? []).map((value) => code(value === '' ? '""' : String(value))),
  ];
}

/** zod bounds every integer by what JavaScript can hold; that is no bound of the API. */
const safe = (bound: number | undefined) =>
  bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER ? bound : undefined;

function range(unit: string, min: number | undefined, max: number | undefined): string[] {
  if (min === undefined && max === undefined) return [];
  const bounds = min === undefined ? `≤ ${max}` : max === undefined ? `≥ ${min}` : `${min}–${max}`;
  return [`${unit} ${bounds}`.trim()];
}

function defaultOf(doc: FieldDoc): string {
  if (doc.default === undefined) return '';
  return typeof doc.default === 'object'
    ? plain(`${doc.default.zh} · ${doc.default.en}`)
    : code(String(doc.default));
}
