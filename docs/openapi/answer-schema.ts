import * as z from 'zod/mini';
import { actions as upstreamActions } from '../../shared/essbasic/field-docs.ts';
import type { Text } from '../../shared/text.ts';
import type { ActionMembers, Members, MemberType } from '../members/members.ts';
import { structs } from '../members/structs.ts';
import { both, componentRef, type JsonSchema, meaning, orNull, valuesIn } from './schema.ts';
import type { SchemaWriter } from './validated-schema.ts';

const requestId: Text = { en: 'The id of this call, for whoever helps', zh: '本次调用的编号，求助时请提供' };

/** The structs of answers. `RenewalPolicy` is written by the page about renewal. */
export function answerComponents(): Record<string, JsonSchema> {
  const inRequestsAlone = ['RotateSecret'];
  return Object.fromEntries(
    Object.entries(structs)
      .filter(([name]) => !inRequestsAlone.includes(name))
      .map(([name, members]) => [name, objectOf(members)]),
  );
}

/** What an action answers. More members may come with a later version, so that others are allowed. */
export function answerSchema(
  name: string,
  { answer, dryAnswer, upstream }: ActionMembers,
  { written }: Pick<SchemaWriter, 'written'>,
): JsonSchema {
  const foreign = upstream ? upstreamAnswer(name, written) : {};
  const [struct] = Object.entries(structs).find(([, members]) => members === answer) ?? [];
  const done =
    struct === undefined
      ? withRequestId(ownAnswer(answer, foreign))
      : { allOf: [{ $ref: componentRef(struct) }, withRequestId({ type: 'object' })] };
  return dryAnswer === undefined ? done : { anyOf: [done, withRequestId(objectOf(dryAnswer))] };
}

/** @param foreign upstream's members, which some of ours stand in */
function ownAnswer(answer: Members, foreign: Record<string, JsonSchema>): JsonSchema {
  const entries = Object.entries(answer);
  const own = objectOf(Object.fromEntries(entries.filter(([member]) => !member.includes('['))));
  const properties = { ...foreign, ...own.properties };
  for (const [member, { type, ...text }] of entries) {
    const [, list, inItem] = /^(\w+)\[\]\.(\w+)$/.exec(member) ?? [];
    if (list === undefined || inItem === undefined) continue;
    const more = objectOf({ [inItem]: { type, ...text } });
    properties[list] = withItems(properties[list] ?? {}, (item) => ({ allOf: [item, more] }));
  }
  return { ...own, properties };
}

function withRequestId({ properties, required = [], ...schema }: JsonSchema): JsonSchema {
  return {
    ...schema,
    properties: { ...properties, RequestId: { type: 'string', description: both(requestId) } },
    required: [...required, 'RequestId'],
  };
}

/** A list, or a list or null, whose items are changed. */
function withItems(schema: JsonSchema, change: (item: JsonSchema) => JsonSchema): JsonSchema {
  if (schema.items !== undefined) return { ...schema, items: change(schema.items) };
  return { ...schema, anyOf: (schema.anyOf ?? []).map((option) => withItems(option, change)) };
}

function objectOf(members: Members): JsonSchema {
  const entries = Object.entries(members);
  return {
    type: 'object',
    properties: Object.fromEntries(
      entries.map(([name, { type, ...text }]) => [
        name,
        { ...schemaOf(type, valuesIn(text)), description: meaning(text) },
      ]),
    ),
    required: entries.filter(([, { type }]) => !type.endsWith('?')).map(([name]) => name),
  };
}

const plainTypes: Readonly<Record<string, JsonSchema>> = {
  string: { type: 'string' },
  integer: { type: 'integer' },
  number: { type: 'number' },
  boolean: { type: 'boolean' },
  /** Unix seconds. */
  time: { type: 'integer', format: 'int64' },
  any: { type: 'object', additionalProperties: true },
};

function schemaOf(type: MemberType, values: readonly string[] | undefined): JsonSchema {
  const [, name = '', list, optional] = /^(\w+)(\[\])?(\?)?$/.exec(type) ?? [];
  const one = { ...(plainTypes[name] ?? { $ref: componentRef(name) }), ...(values && { enum: values }) };
  const schema = list === undefined ? one : { type: 'array', items: one };
  return optional === undefined ? schema : orNull(schema);
}

/** Upstream's members, as far as they could be read. It adds some every year, which are handed on as they come. */
function upstreamAnswer(name: string, written: SchemaWriter['written']): Record<string, JsonSchema> {
  const docs = upstreamActions.find(({ action }) => action.name === name);
  if (!(docs?.action.response instanceof z.ZodMiniObject)) throw new Error(`${name} is not documented`);
  return written(docs.action.response, docs.response, name).properties ?? {};
}
