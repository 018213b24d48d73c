/**
 * The trace that a request belongs to: 32 hexadecimal digits of the header `traceparent` (W3C Trace Context, level 1 and 2).
 * What is malformed is no trace, as the specification says, and refuses nothing. A later version may have more behind the four parts.
 */
export function traceIdOf(traceparent: string | undefined): string | undefined {
  return form.exec(traceparent ?? '')?.[1];
}

const form =
  /^(?:00(?=.{53}$)|(?!00|ff)[\da-f]{2}(?=.{53}(?:-|$)))-(?!0{32})([\da-f]{32})-(?!0{16})[\da-f]{16}-[\da-f]{2}/;
