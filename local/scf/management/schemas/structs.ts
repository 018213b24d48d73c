/** Structures of the API, as the official SDK of 2026-08 has them. Booleans are text, `TRUE` or `FALSE`. */
import * as z from 'zod/mini';

export const TrueOrFalse = z.enum(['TRUE', 'FALSE']);

export const Variable = z.strictObject({ Key: z.string(), Value: z.string() });
export type Variable = z.infer<typeof Variable>;
export const Environment = z.strictObject({ Variables: z.optional(z.array(Variable)) });
export type Environment = z.infer<typeof Environment>;

export const Tag = z.strictObject({ Key: z.string(), Value: z.string() });
export type Tag = z.infer<typeof Tag>;

export const VpcConfig = z.strictObject({ VpcId: z.optional(z.string()), SubnetId: z.optional(z.string()) });

export const LayerVersionSimple = z.strictObject({ LayerName: z.string(), LayerVersion: z.int() });

export const DeadLetterConfig = z.strictObject({
  Type: z.string(),
  Name: z.string(),
  FilterType: z.optional(z.string()),
});

export const PublicNetConfigIn = z.strictObject({
  PublicNetStatus: z.enum(['ENABLE', 'DISABLE']),
  EipConfig: z.optional(z.strictObject({ EipStatus: z.enum(['ENABLE', 'DISABLE']) })),
});

export const IntranetConfigIn = z.strictObject({ IpFixed: z.enum(['ENABLE', 'DISABLE']) });

export const Filter = z.strictObject({ Name: z.string(), Values: z.array(z.string()) });
export type Filter = z.infer<typeof Filter>;

export const AsyncTriggerConfig = z.strictObject({
  RetryConfig: z.array(z.strictObject({ RetryNum: z.int() })),
  MsgTTL: z.int(),
});

/** The retries of an asynchronous event, and how long it is kept in seconds. */
export interface AsynchronousRetry {
  RetryNum: number;
  MsgTTL: number;
}

export const RoutingConfig = z.strictObject({
  AdditionalVersionWeights: z.optional(z.array(z.strictObject({ Version: z.string(), Weight: z.number() }))),
  // Spelt so upstream.
  AddtionVersionMatchs: z.optional(
    z.array(
      z.strictObject({ Version: z.string(), Key: z.string(), Method: z.string(), Expression: z.string() }),
    ),
  ),
});
export type RoutingConfig = z.infer<typeof RoutingConfig>;

/** Members that nothing here reads, but whose shape upstream's own clients send. */
export const Opaque = z.record(z.string(), z.unknown());
