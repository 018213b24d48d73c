import { describe, expect, it } from 'vitest';
import { createSigner } from './sign.ts';
import * as stages from './stages.ts';
import vectors from './vectors/tc3.json' with { type: 'json' };

describe.each(vectors.cases)('the published case "$name"', (vector) => {
  const { request } = vector;
  const body = Buffer.from(request.body);
  // The vectors list their headers as the canonical form has them; a client writes the action in its own case.
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      name === 'x-tc-action' ? request.action : value,
    ]),
  );
  const date = stages.credentialDate(request.timestamp);
  const service = request.headers.host.split('.')[0] ?? '';
  const scope = stages.credentialScope(date, service);
  const parts = {
    httpRequestMethod: request.method,
    canonicalUri: '/',
    canonicalQueryString: stages.canonicalQueryString(request.method, request.query),
    canonicalHeaders: stages.canonicalHeaders(headers),
    signedHeaders: stages.signedHeaders(headers),
    hashedRequestPayload: vector.payloadHash,
  };

  it('HashedRequestPayload', () => {
    expect(stages.hashedRequestPayload(body, request.unsignedPayload)).toBe(vector.payloadHash);
  });

  it('CanonicalRequest and its hash', () => {
    expect(stages.canonicalRequest(parts)).toBe(vector.canonicalRequest);
    expect(stages.hashedCanonicalRequest(vector.canonicalRequest)).toBe(vector.canonicalRequestHash);
  });

  it('StringToSign', () => {
    expect(stages.stringToSign(request.timestamp, scope, vector.canonicalRequestHash)).toBe(
      vector.stringToSign,
    );
  });

  it('SecretDate', () => {
    expect(stages.secretDate(vector.secretKey, date).toString('hex')).toBe(vector.secretDate);
  });

  it('SecretService', () => {
    const key = Buffer.from(vector.secretDate, 'hex');
    expect(stages.secretService(key, service).toString('hex')).toBe(vector.secretService);
  });

  it('SecretSigning', () => {
    const key = Buffer.from(vector.secretService, 'hex');
    expect(stages.secretSigning(key).toString('hex')).toBe(vector.secretSigning);
  });

  it('Signature', () => {
    expect(stages.signature(Buffer.from(vector.secretSigning, 'hex'), vector.stringToSign)).toBe(
      vector.signature,
    );
  });

  it('Authorization', () => {
    const { secretId, signature } = vector;
    const header = stages.authorization({ secretId, scope, signedHeaders: parts.signedHeaders, signature });
    expect(header).toBe(vector.authorization);
  });
});

describe.each(vectors.cases.filter(({ request }) => request.method === 'POST'))(
  'createSigner on the published case "$name"',
  (vector) => {
    it('makes the published header', () => {
      const { request, secretId, secretKey } = vector;
      const sign = createSigner({ secretId, secretKey }, request.headers.host.split('.')[0] ?? '');
      const header = sign({
        host: request.headers.host,
        contentType: request.headers['content-type'],
        ...('x-tc-action' in request.headers && { action: request.action }),
        body: Buffer.from(request.body),
        timestampS: request.timestamp,
        unsignedPayload: request.unsignedPayload,
      });
      expect(header).toBe(vector.authorization);
    });
  },
);

describe('canonicalHeaders', () => {
  it('lower-cases and trims names and values and sorts by name', () => {
    expect(
      stages.canonicalHeaders({
        'X-TC-Action': ' DescribeTemplates',
        Host: 'Example.COM ',
        'Content-Type': 'text/plain',
      }),
    ).toBe('content-type:text/plain\nhost:example.com\nx-tc-action:describetemplates\n');
  });
});

describe('signedHeaders', () => {
  it('are the names, lower-cased, trimmed and sorted', () => {
    expect(stages.signedHeaders({ 'X-TC-Action ': 'a', Host: 'h', 'Content-Type': 't' })).toBe(
      'content-type;host;x-tc-action',
    );
  });
});

describe('canonicalQueryString', () => {
  it('is what stands behind the question mark of a GET, to the byte', () => {
    expect(stages.canonicalQueryString('GET', '?b=%E4%B8%AD&a=%7e')).toBe('b=%E4%B8%AD&a=%7e');
    expect(stages.canonicalQueryString('GET', 'Limit=10&Offset=0')).toBe('Limit=10&Offset=0');
  });

  it('is empty for a POST, whatever its URL holds', () => {
    expect(stages.canonicalQueryString('POST', 'a=1')).toBe('');
  });
});

describe('credentialDate', () => {
  it('is the UTC date on both sides of midnight', () => {
    expect(stages.credentialDate(1551139199)).toBe('2019-02-25');
    expect(stages.credentialDate(1551139200)).toBe('2019-02-26');
  });
});
