#!/usr/bin/env bash
# Finding: @electric-sql/pglite-socket 0.2.17 runs the statement of one client for another.
#
# PostgreSQL keeps one unnamed prepared statement per session. pglite-socket gives all clients one session and queues
# their messages one by one; a client keeps its turn inside of a transaction alone, not from Parse to Sync. Where the
# messages of one statement do not arrive in one piece, as with parameters longer than a segment of TCP, Parse of
# another client comes between Parse and Bind.
#
# Two ordinary clients of `pg` show it. The first one's bytes pass through a relay that holds back the end of a
# statement, as a network may, until the second one has had an answer. Expected: each gets the answer of its own statement.
#
# Reported by others: https://github.com/electric-sql/pglite/issues/1046
#
# Ends with 0 while the behaviour is as described, with 1 when it has changed: then local/postgresql may give way.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund \
  @electric-sql/pglite@0.5.14 @electric-sql/pglite-socket@0.2.17 pg@8.23.1

cat >show.mjs <<'JS'
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { readFileSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import pg from 'pg';

const version = (name) => JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')).version;
for (const name of ['@electric-sql/pglite-socket', '@electric-sql/pglite', 'pg']) console.log(name, version(name));

const server = new PGLiteSocketServer({ db: await PGlite.create(), port: 0, maxConnections: 10 });
await server.start();
const [host, port] = server.getServerConn().split(':');

/** The relay passes on `left` bytes and holds the rest until `release`. */
let left = Infinity;
let held = [];
let onHeld = () => {};
let target;
const relay = createServer((client) => {
  target = connect(Number(port), host);
  target.pipe(client);
  client.on('data', (bytes) => {
    const now = bytes.subarray(0, Math.min(left, bytes.length));
    left -= now.length;
    target.write(now);
    if (now.length < bytes.length) held.push(bytes.subarray(now.length));
    if (held.length > 0) onHeld();
  });
});
relay.listen(0, '127.0.0.1');
await once(relay, 'listening');
const release = () => {
  left = Infinity;
  for (const bytes of held.splice(0)) target.write(bytes);
};

const client = async (url) => {
  const made = new pg.Client({ connectionString: url });
  await made.connect();
  return made;
};
const slow = await client(`postgresql://postgres@127.0.0.1:${relay.address().port}/postgres`);
const other = await client(`postgresql://postgres@${host}:${port}/postgres`);

async function both(slowStatement, otherStatement) {
  const arrived = new Promise((resolve) => (onHeld = resolve));
  // Parse alone: type, length, empty name, text, its end, number of types.
  left = 1 + 4 + 1 + slowStatement[0].length + 1 + 2;
  const told = (query) => query.then(({ rows }) => JSON.stringify(rows[0]), (error) => `${error.code} ${error.message}`);
  const slowAnswer = told(slow.query(...slowStatement));
  await arrived;
  const otherAnswer = await told(other.query(...otherStatement));
  release();
  return `slow: ${await slowAnswer} | other: ${otherAnswer}`;
}

console.log('1', await both(["select 'of the slow one' as statement, $1::text as value", ['slow']], ["select 'of the other one' as statement, $1::text as value", ['other']]));
console.log('2', await both(['select $1::text as value', ['slow']], ['select $1::int + $2::int as sum', [1, 2]]));
process.exit(0);
JS

node show.mjs | tee seen
cat >expected <<'TEXT'
@electric-sql/pglite-socket 0.2.17
@electric-sql/pglite 0.5.14
pg 8.23.1
1 slow: {"statement":"of the other one","value":"slow"} | other: {"statement":"of the other one","value":"other"}
2 slow: 08P01 bind message supplies 1 parameters, but prepared statement "" requires 2 | other: {"sum":3}
TEXT
diff expected seen && echo 'as found: the slow client was answered with the statement of the other one'
