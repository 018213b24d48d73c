/** One request to a receiver of notifications. */
export interface Post {
  url: string;
  headers: Readonly<Record<string, string>>;
  body: Buffer;
  /** How long the sending of the body takes. Real milliseconds. */
  slowMs: number;
  /** Counted after the sending. Real milliseconds. */
  timeoutMs: number;
  signal: AbortSignal;
}

/** The HTTP status that was answered, or why none was: a code of the system, or `timeout`. */
export type PostAnswer = { status: number } | { error: string };

/** Posts a notification. Should not reject; what it throws counts as no answer. */
export type PostNotification = (post: Post) => Promise<PostAnswer>;
