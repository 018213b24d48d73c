/** SCRAM (RFC 5802, RFC 7677): a password is proven to the server without being told, and the server proves that it knows it. */
import { createHash, createHmac, pbkdf2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

export const plain = 'SCRAM-SHA-256';
/** Bound to the certificate of the server: who stands in between cannot pass the proof on. */
export const bound = 'SCRAM-SHA-256-PLUS';

interface Hash {
  name: string;
  bytes: number;
}

const sha256: Hash = { name: 'sha256', bytes: 32 };

/** A server that asks for more would have a function calculate until its time is over. */
const mostIterations = 100_000;

export interface ScramOptions {
  password: string;
  nonce: string;
  /** Hash of the server's certificate; or why the proof is not bound to it: the server does not offer it, or we do not wish it. */
  binding: Buffer | 'not-offered' | 'not-wished';
  /** PostgreSQL has it from the start of the session, and passes over this one. */
  user?: string;
}

export interface Scram {
  /** The first message of the client. */
  readonly first: string;
  /** The last message of the client. @throws Error when the server's first message cannot be answered */
  answer(serverFirst: string): Promise<string>;
  /** @throws Error when the server has not proven that it knows the password */
  verify(serverFinal: string): void;
}

export function beginScram({ password, nonce, binding, user = '*' }: ScramOptions): Scram {
  const header = headerOf(binding);
  const bindingData = Buffer.concat([Buffer.from(header), ...(Buffer.isBuffer(binding) ? [binding] : [])]);
  const bare = `n=${user},r=${nonce}`;
  let expected: Buffer | undefined;

  return {
    first: `${header}${bare}`,
    async answer(serverFirst) {
      const { nonce: whole, salt, iterations } = readServerFirst(serverFirst, nonce);
      const unproven = `c=${bindingData.toString('base64')},r=${whole}`;
      const { proof, signature } = await scramProofs(sha256, {
        password: prepared(password),
        salt,
        iterations,
        messages: `${bare},${serverFirst},${unproven}`,
      });
      expected = signature;
      return `${unproven},p=${proof.toString('base64')}`;
    },
    verify(serverFinal) {
      const signature = Buffer.from(attribute(serverFinal, 'v') ?? '', 'base64');
      if (expected?.length !== signature.length || !timingSafeEqual(expected, signature))
        throw new Error('SASL: the server has not proven that it knows the password');
    },
  };
}

/** Says whether the proof is bound, or would have been: a server that offered it then knows that somebody stands in between. */
function headerOf(binding: ScramOptions['binding']): string {
  if (Buffer.isBuffer(binding)) return 'p=tls-server-end-point,,';
  return binding === 'not-offered' ? 'y,,' : 'n,,';
}

function readServerFirst(message: string, ownNonce: string) {
  const nonce = attribute(message, 'r') ?? '';
  const salt = attribute(message, 's') ?? '';
  const iterations = Number(attribute(message, 'i'));
  if (!nonce.startsWith(ownNonce) || nonce.length === ownNonce.length)
    throw new Error('SASL: the nonce of the server does not go on from ours');
  if (!/^[\x21-\x2b\x2d-\x7e]+$/.test(nonce)) throw new Error('SASL: the nonce of the server is malformed');
  if (!/^(?:[\w+/]{4})*(?:[\w+/]{2}==|[\w+/]{3}=)?$/.test(salt) || salt === '')
    throw new Error('SASL: the salt of the server is malformed');
  if (!Number.isInteger(iterations) || iterations < 1 || iterations > mostIterations)
    throw new Error(`SASL: the server asks for ${iterations} iterations, ${mostIterations} at most are made`);
  return { nonce, salt: Buffer.from(salt, 'base64'), iterations };
}

/** Of `r=…,s=…,i=…`. */
function attribute(message: string, name: string): string | undefined {
  const found = message.split(',').find((part) => part.startsWith(`${name}=`));
  return found?.slice(2);
}

interface Proven {
  password: string;
  salt: Buffer;
  iterations: number;
  /** All messages but the proof itself: `AuthMessage`. */
  messages: string;
}

const derive = promisify(pbkdf2);

/** What the client proves itself with, and what the server has to sign (RFC 5802 §3). */
export async function scramProofs(
  { name, bytes }: Hash,
  { password, salt, iterations, messages }: Proven,
): Promise<{ proof: Buffer; signature: Buffer }> {
  const hmac = (key: Buffer, text: string) => createHmac(name, key).update(text).digest();
  const salted = await derive(password, salt, iterations, bytes, name);
  const clientKey = hmac(salted, 'Client Key');
  const clientSignature = hmac(createHash(name).update(clientKey).digest(), messages);
  const proof = Buffer.from(clientKey.map((byte, at) => byte ^ (clientSignature[at] ?? 0)));
  return { proof, signature: hmac(hmac(salted, 'Server Key'), messages) };
}

/** RFC 3454, table C.1.2. */
const otherSpaces = /[\u00A0\u1680\u2000-\u200B\u202F\u205F\u3000]/g;
/** RFC 3454, table B.1: alternatives, since some of them would join the characters of a class. */
const passedOver = /\u00AD|\u034F|\u1806|[\u180B-\u180D]|\u200C|\u200D|\u2060|[\uFE00-\uFE0F]|\uFEFF/g;

/**
 * SASLprep (RFC 4013) but for what it forbids: the server, like libpq, takes a password with forbidden characters too.
 */
function prepared(password: string): string {
  return password.replace(otherSpaces, ' ').replace(passedOver, '').normalize('NFKC');
}
