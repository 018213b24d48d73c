import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { QianmaError } from '../errors.ts';
import { casesOf } from '../testing/cases.ts';
import type { TimerEvent } from './event-shapes.ts';
import { type HttpRequest, headersOf, maxBodyBytes, readEvent } from './read-event.ts';
import { apiGateway, compatible, functionUrl } from './testing/event-samples.ts';

function http(event: object): HttpRequest {
  const read = readEvent(event);
  if (read.kind !== 'http') throw new Error(`read as ${read.kind}`);
  return read;
}

function refusal(event: unknown): string {
  try {
    readEvent(event);
  } catch (error) {
    if (error instanceof QianmaError) return error.message;
    throw error;
  }
  throw new Error('it was accepted');
}

const bodyText = (request: HttpRequest) => Buffer.from(request.body).toString('utf8');

describe('an HTTP event', () => {
  it('of a Function URL is read', () => {
    const request = http(functionUrl);
    expect(request).toMatchObject({
      kind: 'http',
      method: 'POST',
      path: '/',
      query: { a: '1', b: '2' },
      headers: { accept: '*/*', 'content-length': '17', 'x-scf-remote-addr': '111.206.96.145' },
      sourceIp: '111.206.96.145',
    });
    expect(bodyText(request)).toBe('{"test":"hello world"}');
    expect(request).not.toHaveProperty('requestId');
  });

  it('of a Function URL in API Gateway form gives the same request', () => {
    expect(http(compatible)).toEqual(http(functionUrl));
  });

  it('of the legacy API Gateway is read, with the full query', () => {
    expect(http(apiGateway)).toMatchObject({
      method: 'POST',
      path: '/test/value',
      query: { foo: 'bar', bob: 'alice' },
      headers: { accept: 'text/html' },
      sourceIp: '10.0.2.14',
      requestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef',
    });
  });

  it('may lack everything but the method', () => {
    expect(http({ httpMethod: 'get' })).toEqual({
      kind: 'http',
      method: 'GET',
      path: '/',
      query: {},
      headers: {},
      body: new Uint8Array(0),
    });
    expect(http({ requestContext: { httpMethod: 'PUT' } }).method).toBe('PUT');
  });

  it.each([[undefined], [null], [7], [['GET']], [''], ['GET /'], ['x'.repeat(33)]])(
    'without a method is refused: %j',
    (httpMethod) => {
      expect(refusal({ httpMethod, headers: {}, requestContext: {} })).toBe(
        'InvalidRequest: The event names no HTTP method',
      );
    },
  );

  it('of odd members is read without them', () => {
    const request = http({
      httpMethod: 'POST',
      path: ['/a'],
      queryString: 'a=1',
      queryStringParameters: null,
      headers: ['x'],
      requestContext: { sourceIp: 5, requestId: { a: 1 }, identity: null },
      isBase64Encoded: {},
    });
    expect(request).toEqual({
      kind: 'http',
      method: 'POST',
      path: '/',
      query: {},
      headers: {},
      body: new Uint8Array(0),
    });
  });
});

describe('headers', () => {
  it('have lower-case names, and repeated ones are joined', () => {
    expect(
      headersOf({
        headers: {
          'Content-Type': 'application/json',
          'X-A': 'one',
          'x-a': 'two ',
          'X-Many': ['a', 'b', { c: 1 }],
          Cookie: 'a=1',
          cookie: 'b=2',
          'X-Number': 5,
          'x-null': null,
          'x-object': {},
          'x-empty-list': [],
          ' X-Blank ': '',
        },
      }),
    ).toEqual({
      'content-type': 'application/json',
      'x-a': 'one, two',
      'x-many': 'a, b',
      cookie: 'a=1; b=2',
      'x-number': '5',
      'x-blank': '',
    });
  });

  it('hold no name that nobody sent', () => {
    const headers = headersOf(JSON.parse('{"headers":{"__proto__":"x","constructor":"y"}}'));
    expect(Object.entries(headers)).toContainEqual(['__proto__', 'x']);
    expect(headers['constructor']).toBe('y');
    expect(headers['tostring']).toBeUndefined();
    expect(headersOf({})['constructor']).toBeUndefined();
  });

  it.each([[null], [undefined], ['text'], [[]], [{ headers: null }], [{ headers: 'x' }]])(
    'of %j are none',
    (event) => {
      expect(headersOf(event)).toEqual({});
    },
  );
});

describe('a query', () => {
  it('joins what is repeated and passes over what is no text', () => {
    const query = http({
      httpMethod: 'GET',
      queryString: { a: ['1', '2'], b: true, c: 3, d: null, e: {} },
    }).query;
    expect(query).toEqual({ a: '1,2', b: 'true', c: '3' });
  });
});

describe('the address of the caller', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    [' 203.0.113.9:4711', '203.0.113.9'],
    ['2001:db8::1', '2001:db8::1'],
    ['[2001:db8::1]:4711', '2001:db8::1'],
    ['::ffff:203.0.113.9', '::ffff:203.0.113.9'],
    ['<script>', undefined],
    ['cafe', undefined],
    ['', undefined],
    [`1${':'.repeat(100)}`, undefined],
  ])('%j is %j', (header, sourceIp) => {
    expect(http({ httpMethod: 'GET', headers: { 'x-scf-remote-addr': header } }).sourceIp).toBe(sourceIp);
  });
});

describe('a body', () => {
  const withBody = (body: unknown, isBase64Encoded?: unknown) => ({
    httpMethod: 'POST',
    body,
    isBase64Encoded,
  });

  it.each([
    ['字', false],
    ['5a2X', true],
    ['5a2X', 'true'],
  ])('%j with isBase64Encoded %j is decoded to bytes', (body, encoded) => {
    expect(bodyText(http(withBody(body, encoded)))).toBe('字');
  });

  it('that merely looks like base64 stays as it is', () => {
    for (const encoded of [undefined, false, 'false', null, 1, []]) {
      expect(bodyText(http(withBody('5a2X', encoded)))).toBe('5a2X');
    }
  });

  it.each([['5a2'], ['5a2X='], ['5a2X\n'], ['5a_X'], ['====']])('%j is refused as base64', (body) => {
    expect(refusal(withBody(body, true))).toContain('marked as base64 and is not');
  });

  it.each([[{}], [[]], [5], [true]])('%j is refused as it is no text', (body) => {
    expect(refusal(withBody(body))).toBe('MalformedBody: The body of the event is no text');
  });

  it('with half a surrogate pair is refused', () => {
    expect(refusal(withBody('"\ud83d"'))).toContain('half a character');
    expect(bodyText(http(withBody('"😀"')))).toBe('"😀"');
  });

  it('may have 6 MB and no byte more, in each form', () => {
    const full = Buffer.alloc(maxBodyBytes, 'a');
    const over = Buffer.alloc(maxBodyBytes + 1, 'a');
    expect(http(withBody(full.toString())).body).toHaveLength(maxBodyBytes);
    expect(http(withBody(full.toString('base64'), true)).body).toHaveLength(maxBodyBytes);
    expect(refusal(withBody(over.toString()))).toMatch(/^BodyTooLarge: .*6291456 bytes/);
    expect(refusal(withBody(over.toString('base64'), true))).toMatch(/^BodyTooLarge/);
    expect(refusal(withBody('字'.repeat(maxBodyBytes / 3 + 1)))).toMatch(/^BodyTooLarge/);
  });
});

describe('a Timer event', () => {
  it('is read', () => {
    const event: TimerEvent = {
      Type: 'Timer',
      TriggerName: 'EveryDay',
      Time: '2019-02-21T11:49:00Z',
      Message: 'm',
    };
    expect(readEvent(event)).toEqual({ kind: 'timer' });
  });

  it('may lack what no task relies on', () => {
    expect(readEvent({ Type: 'Timer', Time: 'soon', Message: {} })).toEqual({ kind: 'timer' });
  });
});

describe('any other event', () => {
  it('is an invocation, whose payload nobody reads', () => {
    expect(readEvent({ dryRun: true })).toEqual({ kind: 'invoke' });
    expect(readEvent({})).toEqual({ kind: 'invoke' });
  });

  it.each([[null], [undefined], ['text'], [1], [[{ httpMethod: 'GET' }]], [true]])(
    'is refused when it is no object: %j',
    (event) => {
      expect(refusal(event)).toBe('InvalidRequest: The event is no object');
    },
  );
});

describe('no event at all', () => {
  it('makes the reader throw anything but our own errors', () => {
    const member = fc.oneof(
      fc.jsonValue(),
      fc.string(),
      fc.array(fc.string()),
      fc.dictionary(fc.string(), fc.jsonValue()),
    );
    const event = fc.record(
      {
        httpMethod: fc.oneof(fc.constantFrom('GET', 'POST'), member),
        path: member,
        headers: fc.oneof(fc.dictionary(fc.string(), member), member),
        body: member,
        isBase64Encoded: fc.oneof(fc.boolean(), member),
        queryString: member,
        queryStringParameters: member,
        requestContext: member,
        Type: fc.oneof(fc.constant('Timer'), member),
        Time: member,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(event, member), (anything) => {
        try {
          expect(['http', 'timer', 'invoke']).toContain(readEvent(anything).kind);
        } catch (error) {
          expect(error).toBeInstanceOf(QianmaError);
        }
      }),
      casesOf(5000),
    );
  });

  it('overflows the stack by its depth', () => {
    const deep: unknown = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
    expect(http({ httpMethod: 'GET', headers: { a: deep }, queryString: { a: deep } })).toMatchObject({
      headers: {},
      query: {},
    });
  });
});
