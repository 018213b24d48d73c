import { seconds } from '../../world.ts';
import type { OutgoingEvent } from '../delivery.ts';
import type { Endpoint, Subscription } from '../subscriptions/subscription.ts';
import { alarmLines } from './alarm-texts.ts';
import { robots } from './robots.ts';
import { aliveSecrets, signedHeaders } from './standard-webhooks.ts';

/** What is posted. */
export interface Message {
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
}

type Receiver = Pick<Subscription, 'kind' | 'languages'> & { endpoint: Endpoint };

/** The message of one try at a time. All but the timestamp and the signature is the same for every try. */
export function composeMessage(event: OutgoingEvent, receiver: Receiver, nowMs: number): Message {
  const { kind, languages, endpoint } = receiver;
  const secrets = aliveSecrets(endpoint.secrets, nowMs);
  if (kind === 'standard-webhooks') return signed(endpoint.url, eventBody(event));
  const text = alarmLines(event, languages).join('\n');
  if (kind === 'webhook') return signed(endpoint.url, JSON.stringify({ type: event.type, text }));
  const { url, body } = robots[kind].message(endpoint.url, text, secrets[0], nowMs);
  return { url, headers: commonHeaders, body: JSON.stringify(body) };

  function signed(url: string, body: string): Message {
    const timestampS = seconds(nowMs);
    const headers = signedHeaders(secrets, { id: event.eventId, timestampS, body });
    return { url, headers: { ...commonHeaders, ...headers }, body };
  }
}

const commonHeaders = {
  'content-type': 'application/json; charset=utf-8',
  'user-agent': 'qianma (Standard Webhooks)',
} as const;

/** `{type, timestamp, data}` of the specification: when it happened, and what, with whose it is. */
function eventBody({ type, occurredAtMs, organization, data }: OutgoingEvent): string {
  return JSON.stringify({
    type,
    timestamp: new Date(occurredAtMs).toISOString(),
    data: { OrganizationOpenId: organization, ...data },
  });
}
