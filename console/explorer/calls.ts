import { newIdempotencyKey } from '../api/call.ts';
import { functionUrl } from '../api/function-url.ts';
import { CallProblem } from '../api/problem.ts';
import { send } from '../api/send.ts';
import { language } from '../state/preferences.ts';
import type { Action } from './contracts.ts';

/** A request as it goes out, but for what is secret. */
export interface ShownRequest {
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
}

export interface ShownAnswer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
  durationMs: number;
}

/** What `CallUpstream` tells of a signature. */
export interface ShownSignature {
  CanonicalRequest: string;
  HashedCanonicalRequest: string;
  CredentialScope: string;
  StringToSign: string;
  Authorization: string;
}

/** A call, or what would have been one. */
export interface Outcome {
  sent: ShownRequest;
  /** Undefined: nothing was sent, or no answer came. */
  received: ShownAnswer | undefined;
  signature?: ShownSignature;
  /** The code of a refusal. */
  error: string | undefined;
}

type Problems = readonly { path: string; message: string }[];

/** What {@link tryUpstream} tells before anything is sent. */
export interface Preview {
  endpoint: string;
  isReal: boolean;
  mayCall: boolean;
  problems: Problems;
  outcome: Outcome;
}

/**
 * Calls one of our actions, as `curl` would, with the key of the session.
 *
 * @throws CallProblem where no answer came
 */
export async function callOwn(
  action: Action,
  request: object,
): Promise<{ outcome: Outcome; problems: Problems }> {
  const url = functionUrl(action.name);
  const body = JSON.stringify(request);
  const headers = {
    'Content-Type': 'application/json',
    ...(action.changes && { 'Idempotency-Key': newIdempotencyKey() }),
  };
  const sent: ShownRequest = {
    url: new URL(url, location.href).href,
    headers: {
      Authorization: 'Bearer <API key>',
      'Accept-Language': language.peek() === 'zh' ? 'zh-CN' : 'en',
      ...headers,
    },
    body,
  };
  const startedMs = performance.now();
  let received: ShownAnswer | undefined;
  try {
    await send(
      {
        action: action.name,
        url,
        method: 'POST',
        headers,
        body,
        read: (response) => response.text(),
      },
      {
        step: 'stepExplorer',
        async onAnswer(response) {
          received = {
            status: response.status,
            headers: Object.fromEntries(response.headers),
            body: await response.text(),
            durationMs: Math.round(performance.now() - startedMs),
          };
        },
      },
    );
    return { outcome: { sent, received, error: undefined }, problems: [] };
  } catch (error) {
    if (!(error instanceof CallProblem) || received === undefined) throw error;
    return { outcome: { sent, received, error: error.code }, problems: error.problems };
  }
}

/** What `CallUpstream` answers: held against its contract by its tests. */
interface UpstreamCall {
  Endpoint: string;
  IsReal: boolean;
  MayCall: boolean;
  Problems: readonly { Path: string; Message: string }[];
  Sent: { Url: string; Headers: Record<string, string>; Body: string };
  Signature: ShownSignature;
  Received: { Status: number; Headers: Record<string, string>; Body: string; DurationMs: number } | null;
}

/**
 * Asks the function what a call of Tencent's would be and where it would go; nothing is sent there.
 *
 * @throws CallProblem
 */
export async function tryUpstream(action: Action, request: object): Promise<Preview> {
  const answer = await askUpstream({ Action: action.name, Request: request, DryRun: true });
  return {
    endpoint: answer.Endpoint,
    isReal: answer.IsReal,
    mayCall: answer.MayCall,
    problems: answer.Problems.map(({ Path, Message }) => ({ path: Path, message: Message })),
    outcome: outcomeOf(answer),
  };
}

/** Has the function sign and send it. @throws CallProblem */
export async function callUpstream(action: Action, request: object): Promise<Outcome> {
  const key = action.changes ? newIdempotencyKey() : undefined;
  return outcomeOf(await askUpstream({ Action: action.name, Request: request }, key));
}

function askUpstream(body: object, idempotencyKey?: string): Promise<UpstreamCall> {
  return send(
    {
      action: 'CallUpstream',
      url: functionUrl('CallUpstream'),
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        ...(idempotencyKey !== undefined && { 'Idempotency-Key': idempotencyKey }),
      },
      body: JSON.stringify(body),
      read: async (response) => (await response.json()) as UpstreamCall, // the contract of the action
    },
    { step: 'stepExplorer' },
  );
}

function outcomeOf({ Sent, Signature, Received }: UpstreamCall): Outcome {
  return {
    sent: { url: Sent.Url, headers: Sent.Headers, body: Sent.Body },
    received:
      Received === null
        ? undefined
        : {
            status: Received.Status,
            headers: Received.Headers,
            body: Received.Body,
            durationMs: Received.DurationMs,
          },
    signature: Signature,
    error: Received === null ? undefined : refusalIn(Received.Body),
  };
}

/** The code of Tencent's refusal, whose status is 200 all the same. */
function refusalIn(body: string): string | undefined {
  try {
    const code: unknown = JSON.parse(body)?.Response?.Error?.Code;
    return typeof code === 'string' ? code : undefined;
  } catch {
    return undefined;
  }
}
