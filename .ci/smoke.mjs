/** Loads each bundle and sends it every event shape, without any configuration: it must answer, clearly, and never throw. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const context = { request_id: 'smoke', function_name: 'smoke', getRemainingTimeInMillis: () => 5000 };
const functionUrl = {
  httpMethod: 'POST',
  path: '/',
  queryString: {},
  headers: { 'content-type': 'application/json' },
  body: '{}',
};
const shapes = [
  functionUrl,
  {
    ...functionUrl,
    isBase64Encoded: true,
    body: 'e30=',
    requestContext: { sourceIp: '192.0.2.1' },
    queryStringParameters: {},
  },
  {
    ...functionUrl,
    headerParameters: {},
    pathParameters: {},
    stageVariables: {},
    requestContext: { serviceId: 's', requestId: 'r' },
  },
];

const names = readdirSync('dist').filter((name) => existsSync(`dist/${name}/index.js`));
assert.ok(names.length > 0, 'nothing was built');
const log = console.log;
for (const name of names) {
  const { main_handler } = require(`../dist/${name}/index.js`);
  for (const event of shapes) {
    // The function's own log lines are not what is looked at here.
    process.stdout.write = () => true;
    const answer = await main_handler(event, context).finally(() => delete process.stdout.write);
    assert.ok(Number.isInteger(answer.statusCode), `${name} answered ${JSON.stringify(answer)}`);
    assert.doesNotThrow(
      () => answer.statusCode === 204 || JSON.parse(answer.body),
      `${name}: the body is no JSON`,
    );
  }
}
log(`${process.version}: ${names.length} bundles answer ${shapes.length} event shapes each`);
process.exit(0);
