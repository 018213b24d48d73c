import * as z from 'zod/mini';
import { RenewalPolicyInput } from '../../shared/codes/renewal/renewal-policy.ts';
import { structs as upstreamStructs } from '../../shared/essbasic/field-docs.ts';
import { agentDocs } from '../../shared/essbasic/structs/Agent.docs.ts';
import { Agent } from '../../shared/essbasic/structs/Agent.ts';
import type { Text } from '../../shared/text.ts';
import { structs } from '../members/structs.ts';
import type { Definition } from './definitions.ts';
import { componentRef, type JsonSchema, meaning } from './schema.ts';

/** What the documents say of a member beside its type. */
type MemberDoc = Text & { default?: unknown; deprecated?: unknown };
export type MemberDocs = Readonly<Record<string, MemberDoc>>;

/** A schema that has a name, and what its members mean. */
export interface NamedSchema {
  name: string;
  schema: z.ZodMiniObject;
  docs: MemberDocs;
}

/** @param policyDocs what the page about renewal says of each member */
export function namedSchemas(
  definitions: readonly Definition[],
  createDocs: MemberDocs,
  policyDocs: MemberDocs,
): readonly NamedSchema[] {
  return [
    ...upstreamStructs.map(({ name, schema, fields }) => ({ name, schema, docs: fields })),
    // Of a cancel, where the register mostly knows it.
    { name: 'KnownAgent', schema: Agent, docs: agentDocs },
    { name: 'RenewalPolicyInput', schema: RenewalPolicyInput, docs: policyDocs },
    {
      name: 'RotateSecret',
      schema: objectIn(definitions, 'ModifyEventSubscription', 'RotateSecret'),
      docs: structs.RotateSecret,
    },
    {
      name: 'BatchCreateRow',
      schema: objectIn(definitions, 'BatchCreateMultiFlowSignQRCode', 'Rows'),
      docs: createDocs,
    },
  ];
}

/** The schema of the objects that a member holds, one or many, optional or not. */
function objectIn(definitions: readonly Definition[], action: string, member: string): z.ZodMiniObject {
  let schema: unknown = definitions.find(({ name }) => name === action)?.request.shape[member];
  while (schema instanceof z.ZodMiniOptional || schema instanceof z.ZodMiniArray) {
    schema = schema instanceof z.ZodMiniOptional ? schema.def.innerType : schema.def.element;
  }
  if (!(schema instanceof z.ZodMiniObject)) throw new Error(`${action} has no object ${member}`);
  return schema;
}

/** Of the members that a schema wants, those that somebody who sends a request must give. */
type RequiredOf = (what: string, members: readonly string[]) => readonly string[];

/** What an `Agent` lacks is filled in before it is validated, from the configuration and the key. */
const agents: ReadonlySet<string> = new Set(['Agent', 'KnownAgent']);
const withoutAgents: RequiredOf = (what, members) =>
  agents.has(what) ? [] : members.filter((name) => name !== 'Agent');

/** Writes the schemas that validate in JSON Schema, with what their members mean. */
export function schemaWriter(named: readonly NamedSchema[], requiredOf: RequiredOf = withoutAgents) {
  const registry = z.registry<{ id: string }>();
  for (const { name, schema } of named) registry.add(schema, { id: name });

  /** @throws Error where a member is not documented */
  function written(schema: z.ZodMiniObject, docs: MemberDocs, what: string): JsonSchema {
    // As it is sent: a member with a default may be left out.
    const json = z.toJSONSchema(schema, { io: 'input', metadata: registry });
    const { properties = {}, required: all = [], additionalProperties } = json.$defs?.[what] ?? json;
    const required = requiredOf(what, all);
    return {
      type: 'object',
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, member]) => [
          name,
          withDoc(plain(member as JsonSchema), docs[name], `${what}.${name}`), // zod's own type of a schema is wider
        ]),
      ),
      ...(required.length > 0 && { required }),
      ...(additionalProperties === false && { additionalProperties }),
    };
  }

  return {
    written,
    components: (): Record<string, JsonSchema> =>
      Object.fromEntries(named.map(({ name, schema, docs }) => [name, written(schema, docs, name)])),
  };
}

export type SchemaWriter = ReturnType<typeof schemaWriter>;

/** Whole numbers have no bound but that of JavaScript unless the API has one, and structs stand among the components. */
function plain(schema: JsonSchema): JsonSchema {
  const { $ref, minimum, maximum, items, anyOf, ...rest } = schema;
  if ($ref !== undefined) return { $ref: componentRef($ref.replace(/^.*\//, '')) };
  return {
    ...rest,
    ...(isBound(minimum) && { minimum }),
    ...(isBound(maximum) && { maximum }),
    ...(items !== undefined && { items: plain(items) }),
    ...(anyOf !== undefined && { anyOf: anyOf.map(plain) }),
  };
}

const isBound = (bound: number | undefined) =>
  bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER;

function withDoc(schema: JsonSchema, doc: MemberDoc | undefined, what: string): JsonSchema {
  if (doc === undefined) throw new Error(`${what} is not documented`);
  return {
    ...schema,
    description: meaning(doc),
    ...(doc.deprecated !== undefined && { deprecated: true }),
    ...((typeof doc.default === 'number' || typeof doc.default === 'boolean') && { default: doc.default }),
  };
}
