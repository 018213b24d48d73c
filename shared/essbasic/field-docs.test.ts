import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import type { FieldDoc } from './field-doc.ts';
import { actions, structs } from './field-docs.ts';
import { agentDocs } from './structs/Agent.docs.ts';
import { Agent } from './structs/Agent.ts';

type Shape = Readonly<Record<string, z.core.$ZodType>>;

/** The objects inside a field, whatever it is wrapped in. */
function objectsIn(schema: z.core.$ZodType): z.ZodMiniObject[] {
  if (schema instanceof z.ZodMiniObject) return [schema];
  if (schema instanceof z.ZodMiniArray) return objectsIn(schema.def.element);
  if (schema instanceof z.ZodMiniOptional || schema instanceof z.ZodMiniNullable)
    return objectsIn(schema.def.innerType);
  return [];
}

/** An object and all objects below it. */
function withAllBelow(schema: z.core.$ZodType): z.ZodMiniObject[] {
  return objectsIn(schema).flatMap((object) => {
    const shape: Shape = object.shape;
    return [object, ...Object.values(shape).flatMap(withAllBelow)];
  });
}

const roots = actions.flatMap(({ action, request, response }) => [
  { name: `${action.name} request`, schema: action.request, fields: request },
  { name: `${action.name} response`, schema: action.response, fields: response },
]);
const documented: readonly {
  name: string;
  schema: z.ZodMiniType;
  fields: Readonly<Record<string, FieldDoc>>;
}[] = [...roots, ...structs, { name: 'Agent as upstream declares it', schema: Agent, fields: agentDocs }];
const allFields = documented.flatMap(({ name, fields }) =>
  Object.entries(fields).map(([field, doc]): [string, FieldDoc] => [`${name} ${field}`, doc]),
);

describe('the documentation', () => {
  it.each(documented)('of $name has each field of the schema, and no other', ({ schema, fields }) => {
    const [object] = objectsIn(schema);
    expect(Object.keys(fields)).toEqual(Object.keys(object?.shape ?? {}));
  });

  it('covers every object that an action can carry, and no struct that none does', () => {
    const carried = new Set(roots.flatMap(({ schema }) => withAllBelow(schema)));
    const covered = [...roots, ...structs].map(({ schema }) => schema);
    expect([...carried].filter((object) => !covered.includes(object))).toEqual([]);
    expect(structs.filter(({ schema }) => !carried.has(schema)).map(({ name }) => name)).toEqual([]);
  });

  it.each(allFields)('of %s is in both languages, with real dates', (_, doc) => {
    expect(doc.zh).toMatch(/\p{Script=Han}/u);
    expect(doc.en).toMatch(/[a-z]{3}/);
    for (const date of [doc.since, doc.deprecated])
      if (typeof date === 'string') expect(new Date(date).toISOString().slice(0, 10)).toBe(date);
    if (doc.since !== undefined && typeof doc.deprecated === 'string')
      expect(doc.since < doc.deprecated).toBe(true);
  });
});

describe('a documented default', () => {
  it.each(documented)('in $name is a value that its schema accepts', ({ schema, fields }) => {
    const shape: Shape = objectsIn(schema)[0]?.shape ?? {};
    for (const [name, field] of Object.entries(shape)) {
      const given = fields[name]?.default;
      if (given !== undefined && typeof given !== 'object')
        expect(z.safeParse(field, given).success).toBe(true);
    }
  });
});
