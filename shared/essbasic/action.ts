import type * as z from 'zod/mini';

/** What both sides of the wire know of one upstream action. */
export interface Action<
  Name extends string = string,
  Request extends z.ZodMiniType = z.ZodMiniType,
  Response extends z.ZodMiniType = z.ZodMiniType,
> {
  name: Name;
  request: Request;
  /**
   * Members of `Response` beside `RequestId` and `Error`. What is not optional here cannot be done without; the rest is
   * read as far as it goes. Unknown members pass: upstream adds some every year.
   */
  response: Response;
  /** Default rate limit of one account. Requests per second. */
  requestsPerSecond: number;
  /**
   * May a request whose answer never came be sent again? Upstream marks its actions as not idempotent: a second
   * create makes a second code. Only what changes nothing may be repeated.
   */
  repeatable: boolean;
}

export type RequestOf<A extends Action> = z.infer<A['request']>;
export type ResponseOf<A extends Action> = z.infer<A['response']>;
