#!/usr/bin/env bash
# Finding: json-schema-to-typescript 16.0.0 makes a type of its own of each reference that is described.
#
# JSON Schema 2020-12, and so OpenAPI 3.1, lets a description stand beside a `$ref`: it is about the member, and says
# nothing of the schema that is referred to. The library writes the description to the type and numbers it: two members
# that refer to one schema become `Reason` and `Reason1`, which no function can take both of by one name, and neither
# member is described. A contract in which every member is explained gets hundreds of such copies.
#
# With the reference inside an `allOf`, which means the same, there is one type, and the members have their descriptions.
# The types of our client are made so (docs/openapi/client-types.ts).
#
# Ends with 0 while the behaviour is as described, with 1 when it has changed: then the `allOf` may go.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund json-schema-to-typescript@16.0.0

cat >show.mjs <<'JS'
import { readFileSync } from 'node:fs';
import { compile } from 'json-schema-to-typescript';

const { version } = JSON.parse(readFileSync('node_modules/json-schema-to-typescript/package.json', 'utf8'));
console.log('json-schema-to-typescript', version);

const Reason = {
  type: 'object',
  properties: { Code: { type: 'string' } },
  required: ['Code'],
  additionalProperties: false,
};
const reference = { $ref: '#/definitions/Reason' };

/** The types of an object whose two members refer to one schema, each with a description. */
async function typesOf(refer) {
  const properties = { first: refer('why it began'), second: refer('why it ended') };
  const schema = {
    title: 'Answer',
    type: 'object',
    properties,
    required: ['first', 'second'],
    additionalProperties: false,
    definitions: { Reason },
  };
  return compile(schema, 'Answer', { bannerComment: '' });
}

const beside = await typesOf((description) => ({ ...reference, description }));
const inside = await typesOf((description) => ({ allOf: [reference], description }));
console.log(`described beside the reference:\n${beside}\ndescribed around it:\n${inside}`);

const isTwice = /second: Reason1;/.test(beside) && /interface Reason1/.test(beside);
const isOnce = /second: Reason;/.test(inside) && !/Reason1/.test(inside);
process.exitCode = isTwice && isOnce ? 0 : 1;
JS
node show.mjs
