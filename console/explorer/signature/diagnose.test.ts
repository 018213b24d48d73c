import { describe, expect, it } from 'vitest';
import * as stages from '../../../shared/tc3/stages.ts';
import {
  goodRequest,
  type OwnWay,
  requestSigned,
  secretKey,
  timestampS,
} from '../../../shared/tc3/testing/signed-request.ts';
import { diagnose, type Question } from './diagnose.ts';
import type { PastedRequest } from './pasted-request.ts';

type Received = ReturnType<typeof goodRequest>;

const pasted = ({ method, headers, body }: Received): PastedRequest => ({
  form: 'http',
  method,
  path: '/',
  query: '',
  headers: Object.entries(headers).map(([name, value]) => [name, String(value)] as const),
  body: body.toString(),
});

const question = (request: PastedRequest, more: Partial<Question> = {}): Question => ({
  request,
  nowS: timestampS + 10,
  secretKey: '',
  ownCanonicalRequest: '',
  ownStringToSign: '',
  ...more,
});

/** With one header replaced, or taken away. */
function withHeader(name: string, value?: string, request = pasted(goodRequest())): PastedRequest {
  const others = request.headers.filter(([one]) => one !== name);
  return { ...request, headers: value === undefined ? others : [...others, [name, value]] };
}

const good = pasted(goodRequest());
const goodAuthorization = good.headers.find(([name]) => name === 'authorization')?.[1] ?? '';
const withAuthorization = (change: (header: string) => string) =>
  withHeader('authorization', change(goodAuthorization));
const keysOf = (asked: Question) => diagnose(asked).findings.map(({ key }) => key);

describe('a signature that is right', () => {
  it('is said to be, and found to have no mistake', () => {
    expect(diagnose(question(good, { secretKey }))).toMatchObject({
      isRight: true,
      findings: [],
      authorization: goodAuthorization,
    });
  });

  it('is right, too, when the port was left out, as the SDK for Node.js does', () => {
    const canonicalHeaders = 'content-type:application/json\nhost:127.0.0.1\nx-tc-action:describetemplates\n';
    const request = pasted(requestSigned({ canonicalHeaders }));
    const diagnosis = diagnose(question(request, { secretKey }));
    expect(diagnosis).toMatchObject({ isRight: true, findings: [] });
    expect(diagnosis.canonicalRequest).toContain('\nhost:127.0.0.1\n');
  });

  it('is not judged without the key, and nothing of a key is answered', () => {
    const diagnosis = diagnose(question(good));
    expect(diagnosis).not.toHaveProperty('isRight');
    expect(diagnosis).not.toHaveProperty('signature');
    expect(diagnosis.findings).toEqual([]);
    expect(JSON.stringify(diagnose(question(good, { secretKey })))).not.toContain(secretKey);
  });
});

const body = goodRequest().body.toString();
const lines = (type: string, host: string, action: string) =>
  `content-type:${type}\nhost:${host}\nx-tc-action:${action}\n`;

describe('a signature that is wrong', () => {
  it.each<[string, OwnWay]>([
    ['bodyReserialised', { body: JSON.stringify(JSON.parse(body), null, 2) }],
    ['bodyReserialised', { body: `${body}\n` }],
    [
      'contentType',
      { canonicalHeaders: lines('application/json; charset=utf-8', '127.0.0.1:9300', 'describetemplates') },
    ],
    [
      'host',
      { canonicalHeaders: lines('application/json', 'essbasic.tencentcloudapi.com', 'describetemplates') },
    ],
    ['headerCase', { canonicalHeaders: lines('application/json', '127.0.0.1:9300', 'DescribeTemplates') }],
    ['localDate', { scopeDate: '2019-02-26', keyDate: '2019-02-26' }],
    ['secretBlanks', { secretKey: `${secretKey}\n` }],
    ['secretPrefix', { dateKey: stages.secretService(Buffer.from(secretKey), '2019-02-25') }],
    ['hashCase', { hashedRequestPayload: stages.hashedRequestPayload(Buffer.from(body)).toUpperCase() }],
    [
      'blankLine',
      { canonicalHeaders: lines('application/json', '127.0.0.1:9300', 'describetemplates').trimEnd() },
    ],
    ['unexplained', { secretKey: 'another' }],
  ])('has its mistake named: %s', (key, way) => {
    const diagnosis = diagnose(question(pasted(requestSigned(way)), { secretKey }));
    expect(diagnosis.isRight).toBe(false);
    expect(diagnosis.findings.map((finding) => finding.key)).toEqual([key]);
  });

  it('has the date named with which it should have been made', () => {
    const request = pasted(requestSigned({ keyDate: '2019-02-26' }));
    const { findings } = diagnose(question(request, { secretKey }));
    expect(findings).toEqual([{ key: 'localDate', facts: { date: '2019-02-25' } }]);
  });

  it('comes with the body that was signed', () => {
    const signedBody = JSON.stringify(JSON.parse(body), null, 2);
    const request = pasted(requestSigned({ body: signedBody }));
    expect(diagnose(question(request, { secretKey }))).toMatchObject({ signedBody });
  });
});

describe('what is seen without a key', () => {
  it.each<[string, PastedRequest, number?]>([
    ['noAuthorization', withHeader('authorization')],
    ['unreadableAuthorization', withHeader('authorization', 'Bearer abc')],
    ['unreadableAuthorization', withAuthorization((header) => header.padEnd(5000, 'x'))],
    [
      'signatureCase',
      withAuthorization((header) => header.replace(/[0-9a-f]{64}/, (hex) => hex.toUpperCase())),
    ],
    ['signedHeadersCase', withAuthorization((header) => header.replace('content-type;', 'Content-Type;'))],
    [
      'signedHeadersOrder',
      withAuthorization((header) => header.replace('content-type;host', 'host;content-type')),
    ],
    ['notSigned', withAuthorization((header) => header.replace('content-type;host;', 'host;'))],
    ['headerMissing', withHeader('x-tc-action')],
    ['noTimestamp', withHeader('x-tc-timestamp')],
    ['milliseconds', withHeader('x-tc-timestamp', `${timestampS}000`)],
    ['timestampForm', withHeader('x-tc-timestamp', 'now')],
    ['clockSkew', good, timestampS + 301],
    ['clockSkew', good, timestampS - 301],
    ['localDate', withAuthorization((header) => header.replace('2019-02-25', '2019-02-26'))],
    ['wrongService', withHeader('host', 'ess.tencentcloudapi.com')],
    ['wrongService', withHeader('host', 'ess.test.ess.tencent.cn')],
    ['noBody', { ...good, body: undefined } as unknown as PastedRequest],
  ])('is %s', (key, request, nowS = timestampS) => {
    expect(keysOf(question(request, { nowS }))).toEqual([key]);
  });

  it.each([
    ['five minutes', good, timestampS + 300],
    ['the service of its host', withHeader('host', 'essbasic.tencentcloudapi.com'), timestampS],
    [
      'the service of a host of a region',
      withHeader('host', 'essbasic.ap-guangzhou.tencentcloudapi.com'),
      timestampS,
    ],
    ['the service of the test host', withHeader('host', 'essbasic.test.ess.tencent.cn'), timestampS],
  ])('is nothing with %s', (_, request, nowS) => {
    expect(keysOf(question(request, { nowS }))).toEqual([]);
  });

  it('is a blank around the key that is pasted, which then is not used', () => {
    const diagnosis = diagnose(question(good, { secretKey: ` ${secretKey}\n` }));
    expect(diagnosis).toMatchObject({ isRight: true, findings: [{ key: 'pastedKeyBlanks' }] });
  });
});

describe('what the code of a person has built', () => {
  const { canonicalRequest, stringToSign } = diagnose(question(good));

  it.each<[string, number, (canonical: string) => string]>([
    ['ownMethod', 1, (text) => text.replace('POST', 'post')],
    ['ownUri', 2, (text) => text.replace('\n/\n', '\n\n')],
    ['queryString', 3, (text) => text.replace('/\n\n', '/\nLimit=1\n')],
    ['contentType', 4, (text) => text.replace('json', 'json; charset=utf-8')],
    ['host', 5, (text) => text.replace(':9300', '')],
    ['headerCase', 6, (text) => text.replace('describetemplates', 'DescribeTemplates')],
    ['ownHeader', 6, (text) => text.replace('x-tc-action:describetemplates\n', '')],
    ['blankLine', 7, (text) => text.replace('templates\n\n', 'templates\n')],
    ['signedHeadersOrder', 8, (text) => text.replace('content-type;host', 'host;content-type')],
    ['ownSignedHeaders', 8, (text) => text.replace(';x-tc-action', '')],
    ['hashCase', 9, (text) => text.replace(/[0-9a-f]{64}/, (hex) => hex.toUpperCase())],
    [
      'bodyReserialised',
      9,
      (text) => text.replace(/[0-9a-f]{64}/, stages.hashedRequestPayload(Buffer.from(`${body}\n`))),
    ],
    ['ownPayload', 9, (text) => text.replace(/[0-9a-f]{64}/, '0'.repeat(64))],
    ['ownTrailing', 10, (text) => `${text}\n`],
  ])('differs first where it is %s', (key, line, change) => {
    const diagnosis = diagnose(question(good, { ownCanonicalRequest: change(canonicalRequest) }));
    expect(diagnosis.ownLines).toMatchObject({ of: 'canonicalRequest', difference: { line } });
    expect(diagnosis.findings.map((finding) => finding.key)).toEqual([key]);
  });

  it.each<[string, number, (toSign: string) => string]>([
    ['ownAlgorithm', 1, (text) => text.replace('TC3', 'TC4')],
    ['ownTimestamp', 2, (text) => text.replace(String(timestampS), String(timestampS + 1))],
    ['ownScope', 3, (text) => text.replace('2019-02-25', '2019-02-26')],
    ['hashCase', 4, (text) => text.replace(/[0-9a-f]{64}/, (hex) => hex.toUpperCase())],
    ['ownHash', 4, (text) => text.replace(/[0-9a-f]{64}/, '0'.repeat(64))],
  ])('differs first where it is %s, in the string to sign', (key, line, change) => {
    const diagnosis = diagnose(question(good, { ownStringToSign: change(stringToSign) }));
    expect(diagnosis.ownLines).toMatchObject({ of: 'stringToSign', difference: { line } });
    expect(diagnosis.findings.map((finding) => finding.key)).toEqual([key]);
  });

  it('differs nowhere where it is right', () => {
    const own = {
      ownCanonicalRequest: canonicalRequest.replaceAll('\n', '\r\n'),
      ownStringToSign: stringToSign,
    };
    expect(diagnose(question(good, own))).not.toHaveProperty('ownLines');
  });
});
