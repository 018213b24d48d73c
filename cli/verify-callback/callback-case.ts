import type { Text } from '../../shared/text.ts';

/** Secrets that the receiver is configured with. */
export interface ReceiverSecrets {
  /** 32 characters. */
  key: string;
  token: string;
}

/** One request to a receiver. */
export interface CallbackPost {
  body: Uint8Array;
  headers: Readonly<Record<string, string>>;
  /** Its body comes in two halves, with so long between them. Milliseconds. */
  pauseMs?: number;
}

/**
 * What a receiver has to answer: 2xx to what Tencent has sent, no 2xx to what it has not, and either where no document
 * decides. A 5xx, or no answer in time, is right for none of them: the sender would send it again.
 */
type Expected = 'accept' | 'reject' | 'either';

export interface CallbackCase {
  id: string;
  text: Text;
  expected: Expected;
  /** The posts, one after another; the last is the one that is judged, those before it have to be accepted. */
  posts(secrets: ReceiverSecrets): readonly CallbackPost[];
}
