/** What the contract of the API says of each action, as the command line needs it. */
import document from '../docs/openapi.json' with { type: 'json' };
import type { Text } from '../shared/text.ts';

interface Schema {
  $ref?: string;
  type?: string | readonly string[];
  description?: string;
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  items?: Schema;
  anyOf?: readonly Schema[];
  allOf?: readonly Schema[];
  enum?: readonly unknown[];
  format?: string;
}

/** A member that can be given by itself. */
export interface Member {
  /** Dotted: `Agent.ProxyOrganizationOpenId`. */
  path: string;
  kind: 'string' | 'integer' | 'boolean' | 'strings' | 'json';
  isRequired: boolean;
  text: Text;
  values: readonly string[];
}

export interface ActionContract {
  name: string;
  text: Text;
  members: readonly Member[];
  /** The list of the answer, of an action that has pages. */
  list: string | undefined;
}

interface Operation {
  summary: string;
  description: string;
  requestBody: { content: { 'application/json': { schema: Schema } } };
  responses: { '200': { content: { 'application/json': { schema: Schema } } } };
}

const schemas: Readonly<Record<string, Schema>> = document.components.schemas;
// Operations are of many kinds; those of actions have a body and an answer in JSON.
const paths = document.paths as unknown as Readonly<Record<string, { post: Operation }>>;

export const actionNames: readonly string[] = Object.keys(paths).flatMap((path) =>
  /^\/[A-Z]/.test(path) ? [path.slice(1)] : [],
);

/** Undefined: there is no such action. */
export function actionContract(name: string): ActionContract | undefined {
  const operation = actionNames.includes(name) ? paths[`/${name}`]?.post : undefined;
  if (operation === undefined) return undefined;
  const request = operation.requestBody.content['application/json'].schema;
  const answer = operation.responses['200'].content['application/json'].schema;
  const members = membersOf(request, '', true);
  const hasPages = members.some(({ path }) => path === 'Cursor');
  return {
    name,
    text: textOf(operation.description),
    members,
    list: hasPages
      ? Object.entries(answer.properties ?? {}).find(([, { type }]) => type === 'array')?.[0]
      : undefined,
  };
}

/** The members of an object, and of the objects in it, each after what it stands in. */
function membersOf(schema: Schema, prefix: string, isRequired: boolean): Member[] {
  const { properties = {}, required = [] } = resolved(schema);
  return Object.entries(properties).flatMap(([name, given]): Member[] => {
    const path = `${prefix}${name}`;
    const member = resolved(given);
    const needed = isRequired && required.includes(name);
    if (member.properties !== undefined) return membersOf(member, `${path}.`, needed);
    const text = textOf(given.description ?? member.description ?? '');
    const values = (member.enum ?? []).filter((value) => typeof value === 'string');
    return [{ path, kind: kindOf(member), isRequired: needed, text, values }];
  });
}

/** What a reference leads to; of "this or null", this. */
function resolved(schema: Schema): Schema {
  if (schema.$ref !== undefined) return resolved(schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {});
  const option = schema.anyOf?.find(({ type }) => type !== 'null');
  return option === undefined ? schema : resolved(option);
}

function kindOf({ type, items }: Schema): Member['kind'] {
  const [kind] = [type ?? ''].flat().filter((one) => one !== 'null');
  if (kind === 'array') return resolved(items ?? {}).type === 'string' ? 'strings' : 'json';
  return kind === 'string' || kind === 'integer' || kind === 'boolean' ? kind : 'json';
}

/** The document has both languages in one text, with an empty line between them. */
function textOf(description: string): Text {
  const parts = description.split('\n\n');
  const chinese = parts.slice(parts.length / 2);
  return { en: parts.slice(0, parts.length / 2).join(' '), zh: chinese.join('') };
}

/** Is this member of the items of an action's list a time? */
export function isTime({ name, list = '' }: ActionContract, member: string): boolean {
  const answer = paths[`/${name}`]?.post.responses['200'].content['application/json'].schema;
  const { properties = {} } = resolved(answer?.properties?.[list]?.items ?? {});
  return properties[member]?.format === 'int64';
}
