import { createHash, X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { localhostCertificate } from '../testing/localhost-certificate.ts';
import { certificateHash } from './certificate-hash.ts';

/** Self-signed, made with `openssl req -x509` for each kind of signature. */
const certificates = {
  'ecdsa-with-SHA384': `-----BEGIN CERTIFICATE-----
MIIBvTCCAUKgAwIBAgIUEtoxTVeOAWQX+YRQfxAekeTsfJswCgYIKoZIzj0EAwMw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyOTExNTU1NloYDzIxMjYxMTA1
MTE1NTU2WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwdjAQBgcqhkjOPQIBBgUrgQQA
IgNiAARPlddwB48PQK0ytnQlMa3jFEJYErbBR/mqll+X/MXIMBywxA6VlaIYelJY
4J2D1R71PCHWLeG8XoAIXlytNcyO0Vmw0sGjnMu1/EfSNGF+4nidgWg7/vJUxTOk
JMTgfTejUzBRMB0GA1UdDgQWBBT8B6XB5zHY6wWjwiPDuYdY597eEDAfBgNVHSME
GDAWgBT8B6XB5zHY6wWjwiPDuYdY597eEDAPBgNVHRMBAf8EBTADAQH/MAoGCCqG
SM49BAMDA2kAMGYCMQCe1b7LDP8weZyg0KgSWtZRvSeQZ4oZu3XzAb9vOkpnMMue
3nukH3aCFXSIL9H2u24CMQDtkl/0vU9Gjfe8DwtACN4FXWY5B43KH+hCMGVGDpdD
BPB4nja9XPtn5go49PiDkRA=
-----END CERTIFICATE-----`,
  Ed25519: `-----BEGIN CERTIFICATE-----
MIIBPjCB8aADAgECAhQtX+pNj2AdEcK93zXpeiwLSHtCkTAFBgMrZXAwFDESMBAG
A1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyOTExNTU1NloYDzIxMjYxMTA1MTE1NTU2
WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwKjAFBgMrZXADIQAd+NxBQgXxhcSjwJ1p
0/0pS9c0j7ErvjL67uReB/kH4aNTMFEwHQYDVR0OBBYEFKGLawr9RKQa52HlAeIN
iPW6dJ/kMB8GA1UdIwQYMBaAFKGLawr9RKQa52HlAeINiPW6dJ/kMA8GA1UdEwEB
/wQFMAMBAf8wBQYDK2VwA0EAHXnzOLfhE6J9IVFkcDZvrzW+twij1H75UvD1gmFx
UAS5cWetFGt0uMalF9acPoJJziX0ih58xrfqxMGFbSE7Aw==
-----END CERTIFICATE-----`,
  'RSASSA-PSS with SHA-512': `-----BEGIN CERTIFICATE-----
MIICXjCCAZOgAwIBAgIUFfERZBoYAsWJUusR3Lyx5N+8+p4wQQYJKoZIhvcNAQEK
MDSgDzANBglghkgBZQMEAgMFAKEcMBoGCSqGSIb3DQEBCDANBglghkgBZQMEAgMF
AKIDAgE+MAwxCjAIBgNVBAMMAWwwIBcNMjYxMTI5MTE1NTU2WhgPMjEyNjExMDUx
MTU1NTZaMAwxCjAIBgNVBAMMAWwwgZ8wDQYJKoZIhvcNAQEBBQADgY0AMIGJAoGB
AMsy1H+SfcdsPn43plZArzk/ylDTzGggNM6q19BbNcAUrIZlwtA4anbLtNqlBxCa
6E1peBChDTpsAVuKO0I5Pl5/FrJONnAD6enofpVDMM+NI4KBKioY3qhAKhzPe8bl
Lv1cKnixGQQmSNUAx/uSDap6N6OSZbDKCfO6bYq50KiLAgMBAAGjUzBRMB0GA1Ud
DgQWBBQ9CsXblrKhYcvt7aRW4oIcAMjlHzAfBgNVHSMEGDAWgBQ9CsXblrKhYcvt
7aRW4oIcAMjlHzAPBgNVHRMBAf8EBTADAQH/MEEGCSqGSIb3DQEBCjA0oA8wDQYJ
YIZIAWUDBAIDBQChHDAaBgkqhkiG9w0BAQgwDQYJYIZIAWUDBAIDBQCiAwIBPgOB
gQAqYvSBnK4zDJaq0V32oWX/AywL1ilsoBrakoJ38k4374OuGUBj8I8f9pEsNvb4
8bl6s2OtQdbQpLobfpmq0nPvQOvEGIPZ3HjQT3ZVWtjEcc7HvRC5uTCAiSBH+8Yl
UFxny8mxE6pH9batc0Yf+gx0oPdTNqN9oReUAb32gkGBXw==
-----END CERTIFICATE-----`,
  'RSA with SHA-1': `-----BEGIN CERTIFICATE-----
MIIB9jCCAV+gAwIBAgIUVM1NBgcAERMytRBJiTHSIF13iaowDQYJKoZIhvcNAQEF
BQAwDDEKMAgGA1UEAwwBbDAgFw0yNjExMjkxMTU1NTZaGA8yMTI2MTEwNTExNTU1
NlowDDEKMAgGA1UEAwwBbDCBnzANBgkqhkiG9w0BAQEFAAOBjQAwgYkCgYEA1Pu+
/3w3bHs2QbLjbzn+h58ku2v28czljc6Q8pehInw2ZBqhvJJKgSHes7hFgIT+w2rP
nOclUsY++wKv+Q4ws5FN93S5hPN6jazOl+3phXL/IUwvSVrQCIgnLWFIXShXt3mb
m20pkboeG+8PSsW46eDwMxhvMcX6WVhFxUPQ7nUCAwEAAaNTMFEwHQYDVR0OBBYE
FGbvfPUuBp6JU2u68VxRYs9rgbZSMB8GA1UdIwQYMBaAFGbvfPUuBp6JU2u68VxR
Ys9rgbZSMA8GA1UdEwEB/wQFMAMBAf8wDQYJKoZIhvcNAQEFBQADgYEAPXwzYh69
NTC23m3zAzZOT7dG3RYSB7S41T8/kgMQSN+IpbRjaiAXhnxn4qVAPLqL3ZFC5YhW
64MWirlj9cXvQ4dkhgLYeUbxVeMgpch5gjcfXWk5K7/xtCqy71UN25VbLex3CMdm
dsQ03NTechsFudTAEhKRN9xAZgPJN0nd3lI=
-----END CERTIFICATE-----`,
  Ed448: `-----BEGIN CERTIFICATE-----
MIIBeTCB+qADAgECAhReVglz3ku9SCZqKQ9+dxdWLnAQ8TAFBgMrZXEwDDEKMAgG
A1UEAwwBbDAgFw0yNjExMjkxMTU1NTZaGA8yMTI2MTEwNTExNTU1NlowDDEKMAgG
A1UEAwwBbDBDMAUGAytlcQM6ACofTH0FI2sfyygWhMf1YAzGSz8sFNtrVt4TkBol
bt917qJ64TIoAvvFocVCGDUFQIHvdLM30zK/AKNTMFEwHQYDVR0OBBYEFAdMrNGh
EFWk1dx/Bou61JRzk8PwMB8GA1UdIwQYMBaAFAdMrNGhEFWk1dx/Bou61JRzk8Pw
MA8GA1UdEwEB/wQFMAMBAf8wBQYDK2VxA3MAfq0L/mzn1CkxO/EWVarbK6kq5pgt
1QYo/If8cYLGsj/GBTWH2fiM7cYiwra8LbPr+hCCglnXz8oALEo99P3tjPHBflhZ
j2Zkk/KEbOoS1kow1bt8uaJxOL6leKJAIeqSolNX/qOWNVYJa9vzJw7WcS0A
-----END CERTIFICATE-----`,
};

const derOf = (pem: string) => new X509Certificate(pem).raw;

describe('the hash of a certificate that a proof is bound to', () => {
  it.each([
    ['ecdsa-with-SHA384', 'sha384'],
    ['Ed25519', 'sha512'],
    ['RSASSA-PSS with SHA-512', 'sha512'],
    // RFC 5929 §4.1 puts SHA-256 in its place.
    ['RSA with SHA-1', 'sha256'],
  ] as const)('signed with %s is its %s', (kind, hash) => {
    const der = derOf(certificates[kind]);
    expect(certificateHash(der)).toEqual(createHash(hash).update(der).digest());
  });

  it('signed as most are (ecdsa-with-SHA256) is its sha256', () => {
    const der = derOf(localhostCertificate.cert);
    expect(certificateHash(der)).toEqual(createHash('sha256').update(der).digest());
  });

  it('signed in a way for which RFC 5929 defines none is refused', () => {
    expect(() => certificateHash(derOf(certificates.Ed448))).toThrow('channel binding');
  });

  it('is refused for what is no certificate', () => {
    for (const bytes of ['', '00', '3000', '30840000', '3003020101', 'ffffffffffffffff'])
      expect(() => certificateHash(Buffer.from(bytes, 'hex'))).toThrow('channel binding');
  });
});
