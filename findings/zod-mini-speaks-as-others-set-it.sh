#!/usr/bin/env bash
# Finding: a package that imports zod 4.6.7 changes what the schemas of zod/mini say in the rest of the process.
#
# zod/mini has no messages: each issue says "Invalid input", and whoever validates finds words by its code. The full
# build sets its English as the locale of a configuration that both builds share, as soon as it is imported. So a program
# that takes the neutral message for "no text of its own" passes on English of zod's, once a dependency of a dependency
# loads it: here @modelcontextprotocol/server 2.4.0, which is only imported.
#
# An `error` that is given with the call of `safeParse` comes before the locale, and after the texts of a schema.
#
# Ends with 0 while the behaviour is as described, with 1 when it has changed: then `validate` in
# shared/runtime/json may parse without it.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund zod@4.6.7 @modelcontextprotocol/server@2.4.0

cat >show.mjs <<'JS'
import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';

const version = (name) => JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')).version;
for (const name of ['zod', '@modelcontextprotocol/server']) console.log(name, version(name));

const schema = z.object({ count: z.number(), own: z.string('a text of the schema') });
const say = (when, options) => {
  const { error } = z.safeParse(schema, { count: 'two', own: 3 }, options);
  console.log(`${when}: ${error.issues.map(({ message }) => message).join(' | ')}`);
};
say('alone');
await import('@modelcontextprotocol/server');
say('after another package was imported');
say('with an error of the call', { error: () => 'Invalid input' });
JS

node show.mjs | tee seen
cat >expected <<'TEXT'
zod 4.6.7
@modelcontextprotocol/server 2.4.0
alone: Invalid input | a text of the schema
after another package was imported: Invalid input: expected number, received string | a text of the schema
with an error of the call: Invalid input | a text of the schema
TEXT
diff expected seen && echo 'as found: an import has changed the words of schemas that were made before it'
