/**
 * The document in OpenAPI 3.0.3, for tools that read nothing newer. What 3.0 cannot say is said as nearly as it can: a
 * type or null is `nullable`, a constant is an enumeration of one, and webhooks go into an extension.
 */
import type { OpenApi } from './document.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [member: string]: Json };
type JsonObject = { readonly [member: string]: Json };

export function asOpenApi30(document: OpenApi): JsonObject {
  // A copy, of which all members are JSON.
  const { webhooks = null, info, ...rest } = JSON.parse(JSON.stringify(document)) as Record<string, Json>;
  const { summary: _, ...kept } = asObject(info);
  const older = { ...rest, openapi: '3.0.3', info: kept, 'x-webhooks': webhooks };
  return asObject(older30(older));
}

function older30(value: Json): Json {
  if (Array.isArray(value)) return value.map(older30);
  if (!isObject(value)) return value;
  return withoutNull(
    Object.fromEntries(Object.entries(value).map(([name, member]) => [name, older30(member)])),
  );
}

/** A schema, or anything else, which has none of these members. */
function withoutNull(schema: JsonObject): JsonObject {
  const { type, anyOf, const: constant, ...rest } = schema;
  if (constant !== undefined && typeof type === 'string') return { ...rest, type, enum: [constant] };
  if (Array.isArray(type)) {
    const [one = null] = type.filter((name) => name !== 'null');
    return { ...rest, type: one, nullable: true };
  }
  if (Array.isArray(anyOf)) {
    const options = anyOf.filter((option) => !isObject(option) || option['type'] !== 'null');
    const [only] = options;
    if (options.length === anyOf.length) return schema;
    if (options.length > 1 || !isObject(only)) return { ...rest, anyOf: options, nullable: true };
    // Nothing may stand beside a reference.
    return '$ref' in only
      ? { ...rest, type: 'object', allOf: [only], nullable: true }
      : { ...only, ...rest, nullable: true };
  }
  const { $ref, ...beside } = schema;
  return $ref === undefined || Object.keys(beside).length === 0 ? schema : { ...beside, allOf: [{ $ref }] };
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function asObject(value: Json | undefined): JsonObject {
  if (!isObject(value)) throw new Error('no object');
  return value;
}
