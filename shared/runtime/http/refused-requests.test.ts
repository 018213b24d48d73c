import { describe, expect, it } from 'vitest';
import { maxBodyBytes } from '../read-event.ts';
import { admin, agent, body, type Changes, viewer, world } from '../testing/action-world.ts';
import { mintApiKey } from './api-keys.ts';

const han = /\p{Script=Han}/u;

describe('a request', () => {
  it.each<[string, Changes, number, string, string]>([
    [
      'that is a tick',
      { httpMethod: undefined, Type: 'Timer' },
      400,
      'InvalidRequest',
      'names no HTTP method',
    ],
    ['without a method', { httpMethod: 5 }, 400, 'InvalidRequest', 'names no HTTP method'],
    ['with another method', { httpMethod: 'GET' }, 405, 'MethodNotAllowed', ''],
    ['that is a bare OPTIONS', { httpMethod: 'OPTIONS' }, 405, 'MethodNotAllowed', ''],
    ['of 6 MB and more', { body: ' '.repeat(maxBodyBytes + 1) }, 413, 'BodyTooLarge', '6291456 bytes'],
    ['with no text as its body', { body: {} }, 400, 'MalformedBody', 'no text'],
    [
      'that is a form',
      { headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      415,
      'UnsupportedMediaType',
      'Send Content-Type',
    ],
    [
      'without a key',
      { headers: { authorization: null, Authorization: '' } },
      401,
      'Unauthenticated',
      'Send Authorization',
    ],
    [
      'with an unknown key',
      { headers: { authorization: `Bearer ${mintApiKey().key}` } },
      401,
      'Unauthenticated',
      'not known',
    ],
    [
      'of a role that may not',
      { headers: { authorization: `Bearer ${viewer.key}` } },
      403,
      'Forbidden',
      'needs the role operator',
    ],
    [
      'with an odd Idempotency-Key',
      { headers: { 'Idempotency-Key': ['a', 'b'] } },
      400,
      'InvalidRequest',
      'sent once',
    ],
    ['that is no JSON', { body: '{' }, 400, 'MalformedBody', 'ends too early'],
    [
      'with a name given twice',
      { body: '{"QrCodeId":"a","QrCodeId":"b"}' },
      400,
      'MalformedBody',
      'QrCodeId is given twice',
    ],
    ['that is not valid', { body: '{}' }, 400, 'InvalidRequest', 'one problem'],
    [
      'for a foreign organisation',
      { body: JSON.stringify({ ...body, Agent: { ...agent, ProxyOrganizationOpenId: 'org-b' } }) },
      403,
      'Forbidden',
      'may not act for this organisation',
    ],
    [
      'for another application',
      { body: JSON.stringify({ ...body, Agent: { ...agent, AppId: 'other' } }) },
      403,
      'Forbidden',
      'another application',
    ],
  ])('%s is refused', async (_name, event, status, code, detail) => {
    let ran = false;
    const { call, logged } = world(async () => {
      ran = true;
      return {};
    });
    const answer = await call(event);
    expect(answer.statusCode).toBe(status);
    expect(answer.document).toMatchObject({
      code,
      status,
      requestId: 'made',
      type: `urn:problem-type:qianma:${code}`,
    });
    expect(String(answer.document['detail'] ?? '')).toContain(detail);
    expect(answer.headers).toMatchObject({
      'Content-Type': 'application/problem+json; charset=utf-8',
      'X-Request-Id': 'made',
    });
    expect(logged()).toMatchObject([{ level: 'warn', status, code, requestId: 'made' }]);
    expect(ran).toBe(false);
    const { headers = {}, ...rest } = event;
    const { document } = await call({ ...rest, headers: { ...headers, 'accept-language': 'zh_CN' } });
    const { title, detail: told = title, errors = [] } = document;
    expect([title, told]).toEqual([expect.stringMatching(han), expect.stringMatching(han)]);
    expect(JSON.stringify(errors)).toMatch(/^\[\]$|\p{Script=Han}/u);
  });

  it.each([[null], ['text'], [[]], [7]])('that is the event %j is refused', async (event) => {
    const { handler } = world();
    expect((await handler(event, undefined)).statusCode).toBe(400);
  });

  it('that is refused says so in the language of its reader', async () => {
    const { document, headers } = await world().call({
      headers: { 'accept-language': 'zh' },
      body: '{"QrCodeId":5}',
    });
    expect(headers['Content-Language']).toBe('zh-CN');
    expect(document).toMatchObject({
      title: '请求参数有误',
      detail: '共 1 处问题，见 errors',
      errors: [{ path: 'QrCodeId', message: '应为字符串' }],
    });
  });

  it('of a limited key may act for its organisations only, an administrator for all', async () => {
    const foreign = JSON.stringify({
      ...body,
      Agent: { ...agent, AppId: 'x', ProxyOrganizationOpenId: 'org-z' },
    });
    const { call } = world();
    expect(
      (await call({ body: foreign, headers: { authorization: `Bearer ${admin.key}` } })).statusCode,
    ).toBe(200);
    expect((await call({ body: foreign })).statusCode).toBe(403);
  });

  it('has the id of its gateway where it brings none of its own', async () => {
    const event = { requestContext: { requestId: 'from-gateway' } };
    expect((await world().call(event)).headers['X-Request-Id']).toBe('from-gateway');
    expect(
      (await world().call({ ...event, headers: { 'x-request-id': 'bad id' } })).headers['X-Request-Id'],
    ).toBe('from-gateway');
    expect((await world().call({}, { request_id: 'from-scf' })).headers['X-Request-Id']).toBe('from-scf');
  });
});
