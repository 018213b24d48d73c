import { afterAll, beforeAll, expect, it } from 'vitest';
import { createFunctionHost, type FunctionHost } from './function-host.ts';
import { createFunctionUrl, type FunctionUrlServer } from './function-url.ts';
import { createTestFunctions, type TestFunctions } from './functions.test.kit.ts';
import { rawCall } from './raw-call.test.kit.ts';

let functions: TestFunctions;
let host: FunctionHost;
let server: FunctionUrlServer;
let url: string;

beforeAll(async () => {
  functions = await createTestFunctions({
    echo: 'exports.main_handler = async (event) => ({ statusCode: 201, headers: { "x-method": event.httpMethod }, body: event.body });',
    throwing: 'exports.main_handler = async () => { throw new Error("no"); };',
  });
  host = createFunctionHost({ ...functions, environment: {} });
  server = createFunctionUrl({ functionNames: ['echo', 'throwing'], invoke: host.invoke });
  url = (await server.listen(0)).url;
});
afterAll(async () => {
  await server.close();
  await host.close();
  await functions.remove();
});

it('a request is carried to the function, and its answer back', async () => {
  const answer = await rawCall(url, '/echo', { method: 'POST', body: '签署码' });
  expect([answer.status, answer.headers['x-method'], answer.body.toString()]).toEqual([
    201,
    'POST',
    '签署码',
  ]);
});

it('a function that throws is answered 430', async () => {
  const failed = await rawCall(url, '/throwing');
  expect([failed.status, JSON.parse(failed.body.toString()).statusCode]).toEqual([430, 430]);
});
