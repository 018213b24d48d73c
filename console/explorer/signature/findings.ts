import { type Claims, namesToSign, serviceOf } from './claims.ts';
import { headerOf, type PastedRequest } from './pasted-request.ts';
import type { FindingKey } from './texts.ts';

/** Something that is wrong, or may be. */
export interface Finding {
  key: FindingKey;
  facts?: Readonly<Record<string, string | number>>;
}

/** How far upstream lets a clock be away, either way. Seconds. */
const toleranceS = 300;

export interface Circumstances {
  request: PastedRequest;
  claims: Claims | undefined;
  /** As it is written; empty where the header is missing. */
  timestamp: string;
  /** Unix seconds. */
  nowS: number;
  secretKey: string;
}

type Rule = (given: Circumstances) => Finding | false | undefined;

const utcDate = (atS: number) => new Date(atS * 1000).toISOString().slice(0, 10);
const isTime = (timestamp: string) => /^\d{1,10}$/.test(timestamp);

/** What is seen without computing anything. */
const rules: readonly Rule[] = [
  ({ request, claims }) => {
    if (claims !== undefined) return undefined;
    const header = headerOf(request, 'authorization');
    return header === undefined ? { key: 'noAuthorization' } : { key: 'unreadableAuthorization' };
  },
  ({ claims }) => claims !== undefined && /[A-F]/.test(claims.signature) && { key: 'signatureCase' },
  ({ claims }) => {
    const names = claims?.signedHeaders ?? [];
    return names.some((name) => name !== name.toLowerCase()) && { key: 'signedHeadersCase' };
  },
  ({ claims }) => {
    const names = (claims?.signedHeaders ?? []).map((name) => name.toLowerCase());
    const isAscending = names.every((name, index) => (names[index - 1] ?? '') < name);
    return !isAscending && { key: 'signedHeadersOrder' };
  },
  ({ claims }) => {
    const names = (claims?.signedHeaders ?? []).map((name) => name.toLowerCase());
    const missing = namesToSign(undefined).filter((name) => !names.includes(name));
    return (
      claims !== undefined && missing.length > 0 && { key: 'notSigned', facts: { names: missing.join(', ') } }
    );
  },
  ({ request, claims }) => {
    const absent = namesToSign(claims).filter((name) => headerOf(request, name) === undefined);
    return absent.length > 0 && { key: 'headerMissing', facts: { names: absent.join(', ') } };
  },
  ({ timestamp }) => {
    if (timestamp === '') return { key: 'noTimestamp' };
    if (/^\d{13}$/.test(timestamp)) return { key: 'milliseconds' };
    return !isTime(timestamp) && { key: 'timestampForm' };
  },
  ({ timestamp, nowS }) => {
    const awayS = Math.abs(Number(timestamp) - nowS);
    return isTime(timestamp) && awayS > toleranceS && { key: 'clockSkew', facts: { seconds: awayS } };
  },
  ({ timestamp, claims }) => {
    if (claims === undefined || !isTime(timestamp)) return undefined;
    const date = utcDate(Number(timestamp));
    return claims.date !== date && { key: 'localDate', facts: { date } };
  },
  ({ request, claims }) => {
    const service = serviceOf(headerOf(request, 'host') ?? '');
    if (claims === undefined || service === undefined || claims.service === service) return undefined;
    return { key: 'wrongService', facts: { service, claimed: claims.service } };
  },
  ({ request }) => request.method !== 'GET' && request.body === undefined && { key: 'noBody' },
  ({ secretKey }) => secretKey !== secretKey.trim() && { key: 'pastedKeyBlanks' },
];

export function findingsOf(given: Circumstances): Finding[] {
  return rules.map((rule) => rule(given)).filter((finding) => finding !== undefined && finding !== false);
}
