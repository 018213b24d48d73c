import type * as z from 'zod/mini';
import type { Text } from '../../shared/text.ts';
import type { GatewayCode } from './gateway-code.ts';
import type { Refusal, Refuse } from './outcome.ts';
import type { ReadCall } from './read-call.ts';
import type { Violation } from './violation.ts';

/** What the gateway has to know of an action. */
export interface ApiAction {
  name: string;
  request: z.ZodMiniType;
  requestsPerSecond: number;
}

/** A service of Tencent Cloud as the gateway serves it. */
export interface CloudService<A extends ApiAction> {
  /** As the scope of a credential names it. */
  name: string;
  version: string;
  /** Every action that the real one has. */
  upstreamActions: readonly string[];
  /** One that is emulated; it may be loaded first. */
  action(name: string): A | undefined | Promise<A | undefined>;
  /** Largest body. Bytes. */
  maxBodyBytes: number;
  /** The words of every code that it answers. */
  codes: Readonly<Record<string, Text>>;
  refuse: Refuse<GatewayCode>;
  /** The refusal of a request that breaks the action's schema; `reason` is for the journal. */
  refuseMember(action: A, violation: Violation, reason: string): Refusal;
  /** What the journal may keep of a request. */
  mask(request: unknown): unknown;
  /** What else is wrong with a call, before its signature is looked at. */
  check?(read: ReadCall): Refusal | undefined;
}
