import { Webhook } from 'standardwebhooks';

/** Headers of a request, as frameworks have them. */
export type ReceivedHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

/** What has happened: one of the types in the contract, with its members. */
export interface QianmaEvent {
  type: string;
  /** When it happened: ISO 8601. */
  timestamp: string;
  data: Readonly<Record<string, string | number | null>>;
}

/**
 * The event that was posted to a subscription of the kind `standard-webhooks`.
 *
 * @param body the bytes as they came, before anybody has parsed them
 * @param secrets the signing secret, or several while one is being replaced
 * @throws WebhookVerificationError of `standardwebhooks` where none of the secrets has signed it, or its time is over
 */
export function verifyWebhook(
  body: string | Buffer,
  headers: ReceivedHeaders,
  ...secrets: readonly [string, ...string[]]
): QianmaEvent {
  const given = plain(headers);
  let refused: unknown;
  for (const secret of secrets) {
    try {
      return new Webhook(secret).verify(body, given) as QianmaEvent; // what its sender has signed
    } catch (error) {
      refused = error;
    }
  }
  throw refused;
}

/** The library reads a plain object alone: of a Fetch `Headers` it would find nothing. */
function plain(headers: ReceivedHeaders): Record<string, string> {
  const entries = headers instanceof Headers ? [...headers] : Object.entries(headers);
  return Object.fromEntries(
    entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)] as const])),
  );
}
