import { createHmac } from 'node:crypto';
import type { SignedRequest } from './received-request.ts';
import { reserialisedBodies } from './reserialised-bodies.ts';
import {
  type CanonicalRequestParts,
  canonicalRequest,
  credentialDate,
  hashedRequestPayload,
  secretDate,
  secretService,
  secretSigning,
} from './stages.ts';

/** What is known when a signature does not fit. */
interface Circumstances {
  /** What should have been signed, for one spelling of the host. */
  parts: CanonicalRequestParts;
  host: string;
  signed: SignedRequest;
  secretKey: string;
}

/** One way in which the client may have come to its signature. */
export interface Attempt {
  canonicalRequest: string;
  /** The date in the string to sign. */
  scopeDate: string;
  signingKey: Uint8Array;
  /** More exact than the hint of the mistake itself, where there is more to say. */
  hint?: string;
}

export interface UsualMistake {
  mistake: string;
  /** What to change. */
  hint: string;
  tries(circumstances: Circumstances): readonly Attempt[];
}

const secondsPerDay = 86_400;
const unique = <T>(values: readonly T[]) => [...new Set(values)];

function keyOf({ signed }: Circumstances, secretKey: string, date: string): Buffer {
  return secretSigning(secretService(secretDate(secretKey, date), signed.authorization.service));
}

/** All as it should be, but for another canonical request. */
function withCanonical(given: Circumstances, canonical: string, hint?: string): Attempt {
  const scopeDate = credentialDate(given.signed.timestampS);
  const signingKey = keyOf(given, given.secretKey, scopeDate);
  return { canonicalRequest: canonical, scopeDate, signingKey, ...(hint && { hint }) };
}

/** All as it should be, but for some parts of the canonical request. */
function withParts(given: Circumstances, parts: Partial<CanonicalRequestParts>, hint?: string): Attempt {
  return withCanonical(given, canonicalRequest({ ...given.parts, ...parts }), hint);
}

/** All as it should be, but for the secret key. */
function withSecret(given: Circumstances, secretKey: string): Attempt {
  const scopeDate = credentialDate(given.signed.timestampS);
  return {
    canonicalRequest: canonicalRequest(given.parts),
    scopeDate,
    signingKey: keyOf(given, secretKey, scopeDate),
  };
}

/** All as it should be, but for the line of one signed header. */
function withHeader(given: Circumstances, name: string, value: string): Attempt {
  const lines = given.parts.canonicalHeaders.split('\n');
  const changed = lines.map((line) => (line.startsWith(`${name}:`) ? `${name}:${value}` : line));
  return withParts(given, { canonicalHeaders: changed.join('\n') });
}

const contentTypes = [
  'application/json',
  'application/json; charset=utf-8',
  'application/json;charset=utf-8',
  'application/x-www-form-urlencoded',
  'text/plain;charset=utf-8',
];

/** What clients sign in place of a query: nothing, another order, other spellings of the same characters. */
function queriesOf(query: string): string[] {
  const sorted = query.split('&').sort().join('&');
  const spelt = [query, sorted].flatMap((text) => [
    text,
    decodedLeniently(text.replaceAll('+', ' ')),
    text.replaceAll('+', '%20'),
    text.replaceAll('%20', '+'),
  ]);
  return ['', ...spelt];
}

function decodedLeniently(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** What goes wrong in practice, each with a proof: the signature that it leads to. The likeliest come first. */
export const usualMistakes: readonly UsualMistake[] = [
  {
    mistake: 'body-reserialised',
    hint: 'The bytes that were signed are not the bytes that arrived.',
    tries: (given) =>
      reserialisedBodies(given.signed.request.body).map(({ how, text }) =>
        withParts(
          given,
          { hashedRequestPayload: hashedRequestPayload(new TextEncoder().encode(text)) },
          `What was signed is ${how}; what arrived is other bytes. Serialise once, sign those bytes and send those bytes.`,
        ),
      ),
  },
  {
    mistake: 'content-type',
    hint: 'Another Content-Type was signed than arrived. Many HTTP libraries add a charset to it: sign the value that is really sent.',
    tries: (given) => contentTypes.map((value) => withHeader(given, 'content-type', value)),
  },
  {
    mistake: 'local-date',
    hint: 'The date of the credential must be the UTC date of X-TC-Timestamp. A local date fails every day for as many hours as the time zone is away from UTC.',
    tries: (given) => {
      const { timestampS, authorization } = given.signed;
      const nearby = [-1, 0, 1].map((days) => credentialDate(timestampS + days * secondsPerDay));
      const dates = unique([...nearby, authorization.date]);
      const canonical = canonicalRequest(given.parts);
      return dates.flatMap((keyDate) => {
        const signingKey = keyOf(given, given.secretKey, keyDate);
        return dates.map((scopeDate) => ({ canonicalRequest: canonical, scopeDate, signingKey }));
      });
    },
  },
  {
    mistake: 'host',
    hint: 'Another host was signed than the one in the header Host.',
    tries: (given) =>
      [
        `${given.host}:443`,
        `${given.host}:80`,
        `https://${given.host}`,
        `${given.signed.authorization.service}.tencentcloudapi.com`,
      ].map((host) => withHeader(given, 'host', host)),
  },
  {
    mistake: 'header-case',
    hint: 'The values of the canonical headers must be in lower case, that of x-tc-action too.',
    tries: (given) => {
      const { headers } = given.signed;
      const lines = (changed: readonly string[]) =>
        given.signed.authorization.signedHeaders
          .map((name) => {
            const value = (name === 'host' ? given.host : (headers[name] ?? '')).trim();
            return `${name}:${changed.includes(name) ? value : value.toLowerCase()}\n`;
          })
          .join('');
      return [['x-tc-action'], ['content-type'], ['content-type', 'x-tc-action']].map((changed) =>
        withParts(given, { canonicalHeaders: lines(changed) }),
      );
    },
  },
  {
    mistake: 'secret-key-blanks',
    hint: 'The secret key was used with a blank or a line break around it.',
    tries: (given) => {
      const key = given.secretKey;
      const padded = [` ${key}`, `${key} `, ` ${key} `, `${key}\n`, `${key}\r\n`, `${key}\r`, `${key}\t`];
      return padded.map((secretKey) => withSecret(given, secretKey));
    },
  },
  {
    mistake: 'secret-key-without-prefix',
    hint: 'SecretDate is keyed with the secret key alone; the specification puts TC3 in front of it.',
    tries: (given) => {
      const scopeDate = credentialDate(given.signed.timestampS);
      const dateKey = createHmac('sha256', given.secretKey).update(scopeDate).digest();
      const signingKey = secretSigning(secretService(dateKey, given.signed.authorization.service));
      return [{ canonicalRequest: canonicalRequest(given.parts), scopeDate, signingKey }];
    },
  },
  {
    mistake: 'blank-line',
    hint: 'CanonicalHeaders ends with a line feed of its own, so that a blank line stands between it and SignedHeaders.',
    tries: (given) => [
      withParts(given, { canonicalHeaders: given.parts.canonicalHeaders.replace(/\n$/, '') }),
    ],
  },
  {
    mistake: 'query-string',
    hint: 'Of a GET the query is signed to the byte as it stands behind the question mark: encoded and in the order in which it is sent.',
    tries: (given) =>
      queriesOf(given.parts.canonicalQueryString).map((canonicalQueryString) =>
        withParts(given, { canonicalQueryString }),
      ),
  },
  {
    mistake: 'hash-case',
    hint: 'The hash of the body, the last line of the canonical request, must be hex in lower case.',
    tries: (given) => [
      withParts(given, { hashedRequestPayload: given.parts.hashedRequestPayload.toUpperCase() }),
    ],
  },
  {
    mistake: 'unsigned-payload',
    hint: 'The word UNSIGNED-PAYLOAD and the header X-TC-Content-SHA256 go together: with the header the word is hashed, without it the body.',
    tries: (given) => [
      withParts(given, {
        hashedRequestPayload: hashedRequestPayload(given.signed.request.body, !given.signed.unsigned),
      }),
    ],
  },
];
