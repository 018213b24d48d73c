import { describe, expect, it } from 'vitest';
import { v1MethodOf, v1Signature, v1StringToSign } from './v1-signature.ts';

/** The worked example of the document on version 1 of the signature. */
const published = {
  request: {
    httpMethod: 'GET',
    host: 'cvm.tencentcloudapi.com',
    parameters: new Map([
      ['Nonce', '11886'],
      ['Action', 'DescribeInstances'],
      ['Timestamp', '1465185768'],
      ['SecretId', 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE'],
      ['Version', '2017-03-12'],
      ['Region', 'ap-guangzhou'],
      ['Offset', '0'],
      ['Limit', '20'],
      ['InstanceIds.0', 'ins-09dx96dg'],
      ['Signature', 'is not signed itself'],
    ]),
  },
  secretKey: 'Gu5t9xGARNpq86cd98joQYCN3EXAMPLE',
  stringToSign:
    'GETcvm.tencentcloudapi.com/?Action=DescribeInstances&InstanceIds.0=ins-09dx96dg&Limit=20&Nonce=11886&Offset=0&Region=ap-guangzhou&SecretId=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE&Timestamp=1465185768&Version=2017-03-12',
  signature: 'EliP9YW3pW28FpsEdkXt/+WcGeI=',
};

describe('a signature of version 1', () => {
  it('is that of the published example', () => {
    expect(v1StringToSign(published.request)).toBe(published.stringToSign);
    expect(v1Signature('HmacSHA1', published.secretKey, published.stringToSign)).toBe(published.signature);
  });

  it.each([
    ['HmacSHA256', 'HmacSHA256'],
    ['HmacSHA1', 'HmacSHA1'],
    [undefined, 'HmacSHA1'],
    ['hmacsha256', 'HmacSHA1'],
    ['TC3-HMAC-SHA256', 'HmacSHA1'],
  ])('with the SignatureMethod %s is made with %s', (named, method) => {
    expect(v1MethodOf(named)).toBe(method);
  });
});
