import { compile, type JSONSchema } from 'json-schema-to-typescript';
import type { OpenApi } from './document.ts';

const banner = `/** What each action takes and answers: written by \`npm run docs\` from the contract of the API. */`;

interface Operation {
  requestBody: { content: { 'application/json': { schema: object } } };
  responses: { '200': { content: { 'application/json': { schema: object } } } };
}

/** The types of the client's requests and answers. */
export async function clientTypes({ paths, components }: OpenApi): Promise<string> {
  // Operations are of many kinds; those of actions have a body and an answer in JSON.
  const operations = Object.entries(paths) as unknown as [string, { post: Operation }][];
  const actions = operations
    .filter(([path]) => /^\/[A-Z]/.test(path))
    .map(([path, { post }]) => [path.slice(1), typesOf(post)] as const);
  const schema = {
    title: 'Actions',
    type: 'object',
    properties: Object.fromEntries(actions),
    required: actions.map(([name]) => name),
    definitions: components.schemas,
  };
  const types = await compile(asOneSchema(schema), 'Actions', {
    bannerComment: banner,
    // An answer may have more members, which nobody may count on.
    additionalProperties: false,
    unreachableDefinitions: true,
    style: { singleQuote: true, printWidth: 110 },
  });
  return types
    .replaceAll(/(\n \*)?\n \* (This interface was referenced by|via the) .*/g, '')
    .replaceAll('/**\n */\n', '')
    .replaceAll('request: {};', 'request: Record<string, never>;');
}

/**
 * The document's references lead to its components, those of a schema by itself to its definitions. What stands beside a
 * reference would make a type of its own.
 */
function asOneSchema(schema: object): JSONSchema {
  return JSON.parse(JSON.stringify(schema), (_name, value: unknown) => {
    if (typeof value !== 'object' || value === null || !('$ref' in value)) return value;
    const { $ref, ...beside } = value;
    const reference = { $ref: String($ref).replace('#/components/schemas/', '#/definitions/') };
    return Object.keys(beside).length === 0 ? reference : { ...beside, allOf: [reference] };
  });
}

function typesOf({ requestBody, responses }: Operation) {
  return {
    type: 'object',
    properties: {
      request: requestBody.content['application/json'].schema,
      answer: responses['200'].content['application/json'].schema,
    },
    required: ['request', 'answer'],
  };
}
