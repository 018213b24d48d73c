import { createHash } from 'node:crypto';

/** DER of the object identifiers of signatures, in hexadecimal, and the hash that each signs (RFC 3279, 4055, 5758, 8410). */
const hashes: Readonly<Record<string, string>> = {
  '2a864886f70d010104': 'sha256', // md5WithRSA: RFC 5929 puts SHA-256 in the place of MD5 and SHA-1
  '2a864886f70d010105': 'sha256', // sha1WithRSA
  '2a864886f70d01010b': 'sha256',
  '2a864886f70d01010c': 'sha384',
  '2a864886f70d01010d': 'sha512',
  '2a864886f70d01010e': 'sha224',
  '2a8648ce3d0401': 'sha256', // ecdsa-with-SHA1
  '2a8648ce3d040301': 'sha224',
  '2a8648ce3d040302': 'sha256',
  '2a8648ce3d040303': 'sha384',
  '2a8648ce3d040304': 'sha512',
  '2b6570': 'sha512', // Ed25519
};

/** RSASSA-PSS names its hash in its parameters. */
const pss = '2a864886f70d01010a';
const pssHashes: Readonly<Record<string, string>> = {
  '608648016503040201': 'sha256',
  '608648016503040202': 'sha384',
  '608648016503040203': 'sha512',
};

/**
 * What a proof is bound to by `tls-server-end-point` (RFC 5929 §4.1): the certificate, hashed with the hash of its
 * own signature.
 *
 * @param certificate DER
 * @throws Error for a signature of another kind
 */
export function certificateHash(certificate: Buffer): Buffer {
  const [whole] = elementsOf(certificate);
  const [, algorithm] = elementsOf(whole?.body ?? certificate);
  const [identifier, parameters] = elementsOf(algorithm?.body ?? certificate);
  const name = identifier?.body.toString('hex') ?? '';
  const hash = name === pss ? pssHash(parameters?.body) : hashes[name];
  if (hash === undefined)
    throw new Error('channel binding: the signature of the certificate is of a kind that is not known');
  return createHash(hash).update(certificate).digest();
}

/** `[0] AlgorithmIdentifier`; left out it is SHA-1, which SHA-256 stands in for. */
function pssHash(parameters: Buffer = Buffer.alloc(0)): string | undefined {
  const tagged = elementsOf(parameters).find(({ tag }) => tag === 0xa0);
  if (tagged === undefined) return 'sha256';
  const [algorithm] = elementsOf(tagged.body);
  const [identifier] = elementsOf(algorithm?.body ?? tagged.body);
  return pssHashes[identifier?.body.toString('hex') ?? ''];
}

/** The elements that stand in DER one after the other. */
function elementsOf(bytes: Buffer): { tag: number; body: Buffer }[] {
  const elements = [];
  for (let at = 0; at + 2 <= bytes.length; ) {
    const tag = bytes[at] ?? 0;
    const first = bytes[at + 1] ?? 0;
    const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
    // A certificate is no longer than that, and `readUIntBE` reads no more.
    if (lengthBytes > 4 || at + 2 + lengthBytes > bytes.length) break;
    const from = at + 2 + lengthBytes;
    const length = lengthBytes === 0 ? first : bytes.readUIntBE(at + 2, lengthBytes);
    elements.push({ tag, body: bytes.subarray(from, from + length) });
    at = from + length;
  }
  return elements;
}
