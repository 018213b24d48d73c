/** Events as the platform's documents show them. */
import type { ApiGatewayEvent, CompatibleFunctionUrlEvent, FunctionUrlEvent } from '../event-shapes.ts';

export const functionUrl = {
  body: '{"test":"hello world"}',
  headers: { accept: '*/*', 'content-length': '17', 'x-scf-remote-addr': '111.206.96.145' },
  httpMethod: 'POST',
  path: '/',
  queryString: { a: '1', b: '2' },
} satisfies FunctionUrlEvent;

export const compatible = {
  ...functionUrl,
  isBase64Encoded: false,
  queryStringParameters: { a: '1', b: '2' },
  requestContext: { sourceIp: '111.206.96.145', httpMethod: 'POST', path: '/' },
} satisfies CompatibleFunctionUrlEvent;

export const apiGateway = {
  requestContext: {
    serviceId: 'service-f94sy04v',
    path: '/test/{path}',
    httpMethod: 'POST',
    requestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef',
    identity: { secretId: 'abdcdxxxxxxxsdfs' },
    sourceIp: '10.0.2.14',
    stage: 'release',
  },
  headers: { Accept: 'text/html', Host: 'service-3ei3tii4-251000691.ap-guangzhou.apigateway.myqloud.com' },
  body: '{"test":"body"}',
  pathParameters: { path: 'value' },
  queryStringParameters: { foo: 'configured' },
  headerParameters: { Refer: '10.0.2.14' },
  stageVariables: { stage: 'release' },
  path: '/test/value',
  queryString: { foo: 'bar', bob: 'alice' },
  httpMethod: 'POST',
} satisfies ApiGatewayEvent;
