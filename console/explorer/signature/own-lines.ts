/** What a person's code has built, against what it should have built: the first line that differs, and why. */
import { firstDifference, type LineDifference } from '../../../shared/tc3/explain-mismatch.ts';
import { reserialisedBodies } from '../../../shared/tc3/reserialised-bodies.ts';
import { hashedRequestPayload } from '../../../shared/tc3/stages.ts';
import type { Finding } from './findings.ts';
import type { FindingKey } from './texts.ts';

export interface OwnLines {
  difference: LineDifference;
  finding: Finding;
}

/** Undefined where nothing differs. A text area has no carriage returns; a paste from elsewhere may. */
export function compareCanonicalRequest(
  expected: string,
  pasted: string,
  body: Uint8Array,
): OwnLines | undefined {
  const difference = firstDifference(expected, unixLines(pasted));
  return difference && { difference, finding: { key: canonicalMistake(expected, difference, body) } };
}

function canonicalMistake(
  canonical: string,
  { line, expected, received }: LineDifference,
  body: Uint8Array,
): FindingKey {
  const lines = canonical.split('\n').length;
  if (line > lines) return 'ownTrailing';
  if (line === lines) return payloadMistake(expected, received, body);
  if (line === lines - 1) return sameNames(expected, received) ? 'signedHeadersOrder' : 'ownSignedHeaders';
  if (line === lines - 2) return 'blankLine';
  if (line === 1) return 'ownMethod';
  if (line === 2) return 'ownUri';
  if (line === 3) return 'queryString';
  if (expected.toLowerCase() === received.toLowerCase()) return 'headerCase';
  const [name = ''] = expected.split(':');
  if (received.toLowerCase().startsWith(`${name}:`)) {
    if (name === 'host') return 'host';
    if (name === 'content-type') return 'contentType';
  }
  return 'ownHeader';
}

function payloadMistake(expected: string, received: string, body: Uint8Array): FindingKey {
  if (received.toLowerCase() === expected) return 'hashCase';
  return signedBodyOf(received, body) === undefined ? 'ownPayload' : 'bodyReserialised';
}

/** The other spelling of the body of which this is the hash. */
export function signedBodyOf(hash: string, body: Uint8Array): string | undefined {
  const hashOf = (text: string) => hashedRequestPayload(new TextEncoder().encode(text));
  return reserialisedBodies(body).find(({ text }) => hashOf(text) === hash)?.text;
}

const sameNames = (one: string, other: string) =>
  one.split(';').sort().join() === other.toLowerCase().split(';').sort().join();

const places: readonly FindingKey[] = ['ownAlgorithm', 'ownTimestamp', 'ownScope', 'ownHash'];

export function compareStringToSign(expected: string, pasted: string): OwnLines | undefined {
  const difference = firstDifference(expected, unixLines(pasted));
  if (difference === undefined) return undefined;
  const { line, expected: ours, received } = difference;
  const isCase = line === 4 && received.toLowerCase() === ours;
  return { difference, finding: { key: isCase ? 'hashCase' : (places[line - 1] ?? 'ownTrailing') } };
}

const unixLines = (text: string) => text.replaceAll('\r\n', '\n');
