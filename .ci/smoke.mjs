/**
 * Loads each bundle and sends it every event shape, without any configuration: over HTTP it must answer with a
 * problem document, from a trigger or an invocation it must fail with one clear sentence.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parse } from 'yaml';

const require = createRequire(import.meta.url);
const { services } = parse(readFileSync('serverless.yml', 'utf8'), { merge: true });
const context = { request_id: 'smoke', function_name: 'smoke', getRemainingTimeInMillis: () => 5000 };
const functionUrl = {
  httpMethod: 'POST',
  path: '/',
  queryString: {},
  headers: { 'content-type': 'application/json' },
  body: '{}',
};
const http = [
  functionUrl,
  { ...functionUrl, isBase64Encoded: true, body: 'e30=', requestContext: { sourceIp: '192.0.2.1' } },
  {
    ...functionUrl,
    headerParameters: {},
    pathParameters: {},
    requestContext: { serviceId: 's', requestId: 'r' },
  },
];
const timer = { Type: 'Timer', TriggerName: 'smoke', Time: '2026-01-01T00:00:00Z', Message: '' };

/** The function's own log lines are not what is looked at here. */
async function quietly(work) {
  process.stdout.write = () => true;
  try {
    return await work();
  } finally {
    delete process.stdout.write;
  }
}

async function smoke(name, { props: { triggers } }) {
  const { main_handler } = require(`../dist/${name}/index.js`);
  if (triggers.some(({ type }) => type === 'http')) {
    for (const event of http) {
      const answer = await quietly(() => main_handler(event, context));
      assert.match(answer.headers['Content-Type'], /^application\/problem\+json/, name);
      assert.equal(JSON.parse(answer.body).status, answer.statusCode, name);
    }
    return http.length;
  }
  const own = triggers.length > 0 ? timer : {};
  await assert.rejects(
    quietly(() => main_handler(own, context)),
    { code: 'Misconfigured' },
    name,
  );
  await assert.rejects(
    quietly(() => main_handler(functionUrl, context)),
    { code: 'InvalidRequest' },
    name,
  );
  return 2;
}

let events = 0;
for (const [name, service] of Object.entries(services)) events += await smoke(name, service);
console.log(
  `${process.version}: ${Object.keys(services).length} bundles, ${events} events, each answered clearly`,
);
process.exit(0);
