/**
 * A request as the journal may keep it: values of environment variables, events and code are left out. They hold
 * secrets and personal data, or are large.
 */
export function maskRequest(request: unknown): unknown {
  return JSON.parse(JSON.stringify(request, (key, value: unknown) => masked(key, value)) ?? 'null');
}

/** Members with a text that is nobody's business, wherever they stand. */
const hidden = new Set(['Value', 'ZipFile', 'ClientContext', 'Event', 'CustomArgument', 'RoutingKey']);

function masked(key: string, value: unknown): unknown {
  if (!hidden.has(key) || typeof value !== 'string' || value === '') return value;
  return `(${Buffer.byteLength(value)} bytes)`;
}
