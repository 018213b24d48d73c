/** How a client proves who it is: what the server asks for, and what it is answered. */
import { hash, randomBytes } from 'node:crypto';
import { certificateHash } from './certificate-hash.ts';
import * as requests from './requests.ts';
import { type Body, BodyReader } from './responses.ts';
import { beginScram, bound, plain, type Scram } from './scram.ts';

export interface Credentials {
  user: string;
  password: string | undefined;
  channelBinding: 'disable' | 'prefer' | 'require';
  /** DER of the certificate of the server; undefined: in clear. */
  certificate: Buffer | undefined;
}

/** Answers the requests `Authentication…` of one start. */
export interface Authentication {
  /**
   * @returns what to send; undefined: nothing, the server goes on
   * @throws Error when it asks for what cannot be given, or what must not be given to it
   */
  answer(body: Body): Promise<Buffer | undefined>;
  /** Has the server let us in? */
  isOver(): boolean;
}

/** Codes of the requests, as "Message Formats" has them. */
const codes = { ok: 0, clear: 3, md5: 5, sasl: 10, saslContinue: 11, saslFinal: 12 } as const;

/** How far a server and we have come; what does not follow is refused. */
type State = 'begun' | 'password-sent' | 'scram-begun' | 'scram-answered' | 'scram-proven' | 'over';

export function createAuthentication(credentials: Credentials): Authentication {
  let state: State = 'begun';
  let scram: Scram | undefined;
  let isBound = false;

  function become(next: State, ...from: readonly State[]): void {
    if (!from.includes(state)) throw new Error('Authentication: the server asks for what does not follow');
    state = next;
  }

  /** The password itself, or what can be passed on, goes to no server that is to prove itself by its certificate. */
  function mayBeUnbound(): void {
    if (credentials.channelBinding === 'require') throw new Error('the server offers no channel binding');
  }

  function begin(mechanisms: readonly string[]): Buffer {
    const { certificate, channelBinding } = credentials;
    const wished = channelBinding === 'disable' ? undefined : certificate;
    isBound = wished !== undefined && mechanisms.includes(bound);
    if (!isBound) mayBeUnbound();
    const mechanism = isBound ? bound : plain;
    if (!mechanisms.includes(mechanism)) throw new Error(`SASL: the server does not offer ${mechanism}`);
    const unbound = wished === undefined ? 'not-wished' : 'not-offered';
    scram = beginScram({
      password: passwordOf(credentials),
      nonce: randomBytes(18).toString('base64'),
      binding: wished !== undefined && isBound ? certificateHash(wished) : unbound,
    });
    return requests.saslInitialResponse(mechanism, scram.first);
  }

  return {
    async answer(body) {
      const reader = new BodyReader(body);
      const code = reader.int32();
      switch (code) {
        case codes.ok:
          // Who has asked for a proof has to give one; and who is to be bound to it may not do without.
          become('over', 'begun', 'password-sent', 'scram-proven');
          if (!isBound) mayBeUnbound();
          return undefined;
        case codes.clear:
          become('password-sent', 'begun');
          mayBeUnbound();
          return requests.password(passwordOf(credentials));
        case codes.md5:
          become('password-sent', 'begun');
          mayBeUnbound();
          return requests.password(md5Of(credentials.user, passwordOf(credentials), reader.rest()));
        case codes.sasl:
          become('scram-begun', 'begun');
          return begin(mechanismsOf(reader));
        case codes.saslContinue: {
          become('scram-answered', 'scram-begun');
          const response = await scram?.answer(String(reader.rest()));
          return requests.saslResponse(response ?? '');
        }
        case codes.saslFinal:
          become('scram-proven', 'scram-answered');
          scram?.verify(String(reader.rest()));
          return undefined;
        default:
          throw new Error(`Authentication: the server asks for a way (${code}) that is not supported`);
      }
    },
    isOver: () => state === 'over',
  };
}

/** An empty one is none: the server would refuse it anyway. */
function passwordOf({ password = '' }: Credentials): string {
  if (password === '') throw new Error('the password must be a non-empty string');
  return password;
}

function mechanismsOf(reader: BodyReader): string[] {
  const mechanisms = [];
  for (let name = reader.cstring(); name !== ''; name = reader.cstring()) mechanisms.push(name);
  return mechanisms;
}

/** @param salt four bytes */
function md5Of(user: string, password: string, salt: Buffer): string {
  const inner = hash('md5', `${password}${user}`);
  return `md5${hash('md5', Buffer.concat([Buffer.from(inner), salt]))}`;
}
