/** The official SDK is generated from upstream's own description: an independent witness of what fields there are. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import type { FieldDoc } from './field-doc.ts';
import { actions, structs } from './field-docs.ts';
import { Agent } from './structs/Agent.ts';

const models = readFileSync(
  createRequire(import.meta.url).resolve(
    'tencentcloud-sdk-nodejs/tencentcloud/services/essbasic/v20210526/essbasic_models.d.ts',
  ),
  'utf8',
);

interface SdkField {
  type: string;
  optional: boolean;
  deprecated: boolean;
}

function sdkFields(interfaceName: string): Record<string, SdkField> {
  const body = models.match(new RegExp(`export interface ${interfaceName} \\{\\n([\\s\\S]*?)\\n\\}`))?.[1];
  if (body === undefined) throw new Error(`The SDK has no ${interfaceName}`);
  const fields = [...body.matchAll(/\/\*\*([\s\S]*?)\*\/\s*(\w+)(\??): ([^;]+);/g)];
  return Object.fromEntries(
    fields.map(([, comment = '', name = '', mark = '', type = '']) => [
      name,
      {
        type: type.replace('number | bigint', 'number'),
        optional: mark === '?',
        deprecated: comment.includes('@deprecated'),
      },
    ]),
  );
}

const structNames = z.registry<{ id: string }>();
for (const { name, schema } of structs)
  structNames.add(schema, { id: name === 'Operator' ? 'UserInfo2' : name });

/** The type of a field in the words of the SDK. */
function typeOf(property: z.core.JSONSchema._JSONSchema | undefined): string {
  if (typeof property !== 'object') return 'nothing';
  if (property.anyOf !== undefined)
    return typeOf(property.anyOf.find((option) => typeof option === 'object' && option.type !== 'null'));
  if (property.$ref !== undefined)
    return property.$ref.replace('#/$defs/', '').replace('UserInfo2', 'UserInfo');
  if (property.type === 'array' && !Array.isArray(property.items)) return `Array<${typeOf(property.items)}>`;
  return property.type === 'integer' ? 'number' : String(property.type);
}

function ourTypes(schema: z.ZodMiniType): Record<string, string> {
  const json = z.toJSONSchema(schema, { metadata: structNames });
  const root = json.$ref === undefined ? json : json.$defs?.[json.$ref.replace('#/$defs/', '')];
  const properties = Object.entries(root?.properties ?? {});
  return Object.fromEntries(properties.map(([name, property]) => [name, typeOf(property)]));
}

type Docs = Readonly<Record<string, FieldDoc>>;
const cases: [name: string, schema: z.ZodMiniType, docs: Docs][] = [
  ...actions.flatMap(({ action, request, response }): [string, z.ZodMiniType, Docs][] => [
    [`${action.name}Request`, action.request, request],
    [`${action.name}Response`, action.response, response],
  ]),
  ...structs.map(({ name, schema, fields }): [string, z.ZodMiniType, Docs] => [
    name === 'Operator' ? 'UserInfo' : name,
    schema,
    fields,
  ]),
];

describe('against the official SDK', () => {
  it.each(cases)('%s has the same fields of the same types', (name, schema) => {
    const { RequestId: _, ...sdk } = sdkFields(name);
    const types = Object.fromEntries(Object.entries(sdk).map(([field, { type }]) => [field, type]));
    expect(ourTypes(schema)).toEqual(types);
  });

  it.each(cases)('%s has the same fields deprecated', (name, _, docs) => {
    const deprecated = (fields: Record<string, { deprecated?: unknown }>) =>
      Object.keys(fields)
        .filter((field) => fields[field]?.deprecated)
        .sort();
    expect(deprecated(docs)).toEqual(deprecated(sdkFields(name)));
  });

  it.each(actions)('$action.name requires the same members', ({ action }) => {
    const optional = Object.entries(sdkFields(`${action.name}Request`)).filter(
      ([, field]) => !field.optional,
    );
    expect(z.toJSONSchema(action.request).required?.toSorted()).toEqual(
      optional.map(([field]) => field).toSorted(),
    );
  });

  it('the struct Agent requires the application alone, the texts of the actions more', () => {
    expect(z.toJSONSchema(Agent).required).toEqual(['AppId']);
    expect(sdkFields('Agent')['AppId']).toMatchObject({ optional: false });
    expect(sdkFields('Agent')['ProxyOrganizationOpenId']).toMatchObject({ optional: true });
  });
});
