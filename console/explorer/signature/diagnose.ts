/** Why a signature is not taken: everything is computed here, in the page, and nothing is sent. */
import { explainMismatch } from '../../../shared/tc3/explain-mismatch.ts';
import {
  canonicalParts,
  hostsOf,
  isUnreadable,
  type ReceivedRequest,
  readSignedRequest,
  type SignedRequest,
} from '../../../shared/tc3/received-request.ts';
import * as stages from '../../../shared/tc3/stages.ts';
import { type Claims, claimsOf, namesToSign, serviceOf } from './claims.ts';
import { type Finding, findingsOf } from './findings.ts';
import { compareCanonicalRequest, compareStringToSign, type OwnLines, signedBodyOf } from './own-lines.ts';
import { headerOf, type PastedRequest } from './pasted-request.ts';
import { findingOfMistake } from './texts.ts';

export interface Question {
  request: PastedRequest;
  /** Unix seconds. */
  nowS: number;
  /** Empty where nobody gives it. */
  secretKey: string;
  /** What the person's own code has built; empty where nobody pastes it. */
  ownCanonicalRequest: string;
  ownStringToSign: string;
}

export interface Diagnosis {
  /** Undefined without a key. */
  isRight?: boolean;
  findings: readonly Finding[];
  /** What should have been built. */
  canonicalRequest: string;
  stringToSign: string;
  /** With the key alone. */
  signature?: string;
  authorization?: string;
  received?: string;
  /** The first line of what was built that differs, and of which stage it is. */
  ownLines?: OwnLines & { of: 'canonicalRequest' | 'stringToSign' };
  /** The body as it was signed, where that is another spelling of the one that was sent. */
  signedBody?: string;
}

export function diagnose(question: Question): Diagnosis {
  const { request, nowS } = question;
  const secretKey = question.secretKey.trim();
  const claims = claimsOf(request);
  const timestamp = headerOf(request, 'x-tc-timestamp')?.trim() ?? '';
  const findings = findingsOf({ request, claims, timestamp, nowS, secretKey: question.secretKey });
  const signed = signedAsItShould(request, claims, /^\d{1,10}$/.test(timestamp) ? timestamp : String(nowS));
  const built = builtOf(signed, secretKey, claims);
  const ownLines = compareOwn(question, built, signed);
  if (ownLines !== undefined) findings.push(ownLines.finding);

  const diagnosis = { ...built, ...(ownLines && { ownLines }) };
  if (secretKey === '' || claims === undefined) return { ...diagnosis, findings: once(findings) };
  if (built.signature === built.received) return { ...diagnosis, isRight: true, findings: once(findings) };
  const explained = explain(signed, secretKey);
  return {
    ...diagnosis,
    isRight: false,
    findings: once(
      explained === undefined ? [...findings, ...unexplained(findings)] : [...findings, explained.finding],
    ),
    ...(explained?.signedBody !== undefined && { signedBody: explained.signedBody }),
  };
}

/** The request as if its `Authorization` were as it must be, so that every stage can be computed. */
function signedAsItShould(
  request: PastedRequest,
  claims: Claims | undefined,
  timestamp: string,
): SignedRequest {
  const host = headerOf(request, 'host') ?? '';
  const { secretId = 'SecretId', service = serviceOf(host) ?? 'essbasic' } = claims ?? {};
  const date = claims !== undefined && /^\d{4}-\d\d-\d\d$/.test(claims.date) ? claims.date : undefined;
  const names = namesToSign(claims);
  const authorization = stages.authorization({
    secretId,
    scope: stages.credentialScope(date ?? stages.credentialDate(Number(timestamp)), service),
    signedHeaders: names.join(';'),
    signature: claims?.signature.toLowerCase() ?? '0'.repeat(64),
  });
  const headers: Record<string, string> = Object.create(null);
  for (const name of names) headers[name] = '';
  for (const [name, value] of request.headers) headers[name.toLowerCase()] = value;
  const received: ReceivedRequest = {
    method: request.method,
    path: request.path,
    query: request.query,
    headers: { ...headers, authorization, 'x-tc-timestamp': timestamp },
    body: new TextEncoder().encode(request.body ?? ''),
  };
  const signed = readSignedRequest(received);
  if (isUnreadable(signed)) throw new Error(signed.message);
  return signed;
}

/** Every stage; for the spelling of the host that fits, where one does: the SDK for Node.js leaves the port out. */
function builtOf(signed: SignedRequest, secretKey: string, claims: Claims | undefined) {
  const variants = hostsOf(signed).map((host) => stagesOf(signed, host, secretKey));
  const received = claims?.signature.toLowerCase();
  const built = variants.find(({ signature }) => signature === received) ?? variants[0];
  if (built === undefined) throw new Error('a request has a host');
  const { signature, authorization, ...stagesBefore } = built;
  return {
    ...stagesBefore,
    ...(secretKey !== '' && { signature, authorization }),
    ...(received !== undefined && { received }),
  };
}

function stagesOf(signed: SignedRequest, host: string, secretKey: string) {
  const { authorization, timestampS } = signed;
  const { secretId, service, signedHeaders } = authorization;
  const date = stages.credentialDate(timestampS);
  const canonicalRequest = stages.canonicalRequest(canonicalParts(signed, host));
  const scope = stages.credentialScope(date, service);
  const toSign = stages.stringToSign(timestampS, scope, stages.hashedCanonicalRequest(canonicalRequest));
  const key = stages.secretSigning(stages.secretService(stages.secretDate(secretKey, date), service));
  const signature = stages.signature(key, toSign);
  const names = signedHeaders.join(';');
  return {
    canonicalRequest,
    stringToSign: toSign,
    signature,
    authorization: stages.authorization({ secretId, scope, signedHeaders: names, signature }),
  };
}

function compareOwn(
  { ownCanonicalRequest, ownStringToSign }: Question,
  { canonicalRequest, stringToSign }: { canonicalRequest: string; stringToSign: string },
  { request }: SignedRequest,
): Diagnosis['ownLines'] {
  const canonical =
    ownCanonicalRequest === ''
      ? undefined
      : compareCanonicalRequest(canonicalRequest, ownCanonicalRequest, request.body);
  if (canonical !== undefined) return { ...canonical, of: 'canonicalRequest' };
  const toSign = ownStringToSign === '' ? undefined : compareStringToSign(stringToSign, ownStringToSign);
  return toSign && { ...toSign, of: 'stringToSign' };
}

/** The usual mistake that yields the very signature that was sent. */
function explain(signed: SignedRequest, secretKey: string) {
  const explanation = explainMismatch(signed.request, { secretKey });
  const finding = explanation?.mistake === undefined ? undefined : findingOfMistake(explanation.mistake);
  if (finding === undefined) return undefined;
  const hash = explanation?.canonicalRequestReceived?.split('\n').at(-1) ?? '';
  const signedBody = finding === 'bodyReserialised' ? signedBodyOf(hash, signed.request.body) : undefined;
  return { finding: { key: finding, facts: { date: stages.credentialDate(signed.timestampS) } }, signedBody };
}

/** Where nothing else is wrong that the signature hangs on. */
function unexplained(findings: readonly Finding[]): Finding[] {
  const isExplained = findings.some(({ key }) => key !== 'clockSkew' && key !== 'pastedKeyBlanks');
  return isExplained ? [] : [{ key: 'unexplained' }];
}

const once = (findings: readonly Finding[]) =>
  findings.filter(({ key }, index) => findings.findIndex((one) => one.key === key) === index);
