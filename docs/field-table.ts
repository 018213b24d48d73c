import * as z from 'zod/mini';
import type { FieldDoc } from '../shared/essbasic/field-doc.ts';
import { structs } from '../shared/essbasic/field-docs.ts';
import type { Language } from '../shared/text.ts';
import { code, compactTable, plain } from './markdown.ts';

type JsonSchema = z.core.JSONSchema.BaseSchema;

const definitions = '#/$defs/';

const named = z.registry<{ id: string }>();
for (const { name, schema } of structs) named.add(schema, { id: name });

const words = {
  en: {
    headings: ['Field', 'Type', 'Bounds', 'Required', 'Default', 'Since', 'Deprecated', 'Description'],
    yes: 'yes',
    byText: 'by the text',
    items: 'items',
    length: 'length',
  },
  zh: {
    headings: ['字段', '类型', '限制', '必填', '默认', '起始', '弃用', '说明'],
    yes: '是',
    byText: '据说明',
    items: '项数',
    length: '长度',
  },
} as const;

/** Type and bounds come from the schema, everything else from its documentation. */
export function fieldTable(
  schema: z.ZodMiniType,
  docs: Readonly<Record<string, FieldDoc>>,
  language: Language,
): string {
  const { properties = {}, required = [] } = rootOf(z.toJSONSchema(schema, { metadata: named }));
  const rows = Object.entries(properties).map(([name, property]) => {
    const doc = docs[name];
    if (doc === undefined || typeof property === 'boolean') throw new Error(`${name} is not documented`);
    return row(name, unwrap(property), required.includes(name), doc, language);
  });
  return rows.length === 0 ? '–' : compactTable(words[language].headings, rows);
}

/** A named struct is written as a reference to itself. */
function rootOf(schema: JsonSchema): JsonSchema {
  const name = schema.$ref?.replace(definitions, '');
  return (name === undefined ? undefined : schema.$defs?.[name]) ?? schema;
}

function row(
  name: string,
  schema: JsonSchema,
  required: boolean,
  doc: FieldDoc,
  language: Language,
): string[] {
  const { yes, byText } = words[language];
  return [
    code(name),
    typeOf(schema),
    boundsOf(schema, language).join(', '),
    required ? (doc.requiredByText ? byText : yes) : '',
    defaultOf(doc, language),
    doc.since ?? '',
    doc.deprecated === true ? yes : (doc.deprecated ?? ''),
    plain(doc[language]),
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

function boundsOf(schema: JsonSchema, language: Language): string[] {
  const { items, length } = words[language];
  if (schema.type === 'array')
    return [...range(items, schema.minItems, schema.maxItems), ...boundsOf(itemOf(schema), language)];
  return [
    ...range(length, schema.minLength, schema.maxLength),
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

function defaultOf(doc: FieldDoc, language: Language): string {
  if (doc.default === undefined) return '';
  return typeof doc.default === 'object' ? plain(doc.default[language]) : code(String(doc.default));
}
