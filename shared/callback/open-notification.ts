import { isContentSignature, signingToken } from './content-signature.ts';
import { isCut } from './cut-body.ts';
import { type Envelope, isRecord, readEnvelope } from './envelope.ts';
import { parseJson } from './parse-json.ts';
import { decodeUtf8, readContent } from './read-content.ts';
import type { RejectionCode } from './rejections.ts';
import { rewrittenBodies } from './rewritten-bodies.ts';

/** Newest first; several at once are what makes a rotation lose nothing. */
export interface CallbackSecrets {
  /** 32 characters each. */
  keys: readonly string[];
  tokens: readonly string[];
  /** Are messages taken that come unencrypted? They must be signed all the same. */
  plaintext: 'refuse' | 'accept';
}

export type Opened =
  /** `keyIndex` and `tokenIndex`: places of the key and token that fitted; no key: it came in plain text. */
  | { kind: 'message'; message: Envelope; keyIndex: number | null; tokenIndex: number | null }
  /** Asks only whether the address answers. It proves nothing and says nothing: it is answered 200 and stored nowhere. */
  | { kind: 'probe' }
  | { kind: 'rejected'; verdict: RejectionCode };

/** The largest body that is looked at. Bytes. */
export const maxNotificationBytes = 1024 * 1024;

/** What the vendor's page has people send by hand to try an address: nothing decrypts it, and it must get a 200. */
const documentedDummy = '62KE4r5Wz0yHzEpMOwVRbM1KV0';

const rejected = (verdict: RejectionCode): Opened => ({ kind: 'rejected', verdict });

/**
 * What a body that was posted to us is: a message that one of our tokens proves and one of our keys decrypts, a probe,
 * or neither, and then why. Never throws for what was posted. Without a token nothing is ever a message.
 *
 * The signature is checked over the bytes as they came and before anything is decrypted: AES-CBC alone would let
 * strangers find out plaintexts by trying paddings.
 *
 * @param contentSignature the header `Content-Signature`
 * @param announcedBytes the header `Content-Length`, where it is that of the body as it is here
 * @throws RangeError for a key that is not 32 bytes
 */
export function openNotification(
  body: Uint8Array,
  contentSignature: string | undefined,
  secrets: CallbackSecrets,
  announcedBytes?: number,
): Opened {
  if (body.byteLength > maxNotificationBytes) return rejected('TooLarge');
  if (isProbe(body)) return { kind: 'probe' };

  if (contentSignature === undefined) return rejected('NoSignature');
  if (!isContentSignature(contentSignature)) return rejected('MalformedSignature');
  const tokenIndex = signingToken(secrets.tokens, body, contentSignature);
  if (tokenIndex === null)
    return rejected(whyUnproven(body, contentSignature, secrets.tokens, announcedBytes));

  return openProven(body, tokenIndex, secrets);
}

/** Small enough for either probe, blanks included. Bytes. */
const maxProbeBytes = 100;

function isProbe(body: Uint8Array): boolean {
  if (body.byteLength > maxProbeBytes) return false;
  const value = parseJson(decodeUtf8(body) ?? '');
  if (!isRecord(value)) return false;
  const members = Object.entries(value);
  return members.every(([name, member]) => name === 'encrypt' && member === documentedDummy);
}

function whyUnproven(
  body: Uint8Array,
  header: string,
  tokens: readonly string[],
  announcedBytes: number | undefined,
): RejectionCode {
  for (const text of rewrittenBodies(body))
    if (signingToken(tokens, Buffer.from(text), header) !== null) return 'ReencodedBody';
  return isCut(body, announcedBytes) ? 'IncompleteBody' : 'WrongToken';
}

function openProven(body: Uint8Array, tokenIndex: number, secrets: CallbackSecrets): Opened {
  const content = readContent(body, secrets);
  if ('verdict' in content) return rejected(content.verdict);
  const { value, keyIndex } = content;
  // An encrypted probe is not documented: assumed to be possible, and harmless where it is not.
  if (isRecord(value) && Object.keys(value).length === 0) return { kind: 'probe' };
  const message = readEnvelope(value);
  return message === undefined
    ? rejected('NotAnEnvelope')
    : { kind: 'message', message, keyIndex, tokenIndex };
}
