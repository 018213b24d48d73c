import { maskedCopy } from '../../../cloud-api/journal/masking.ts';

/** Members whose text is not shown, wherever they stand. */
const hidden = /(^|\.)(Value|ZipFile|ClientContext|CustomArgument|RoutingKey)$/;

/**
 * A request as the journal may keep it: values of environment variables, events and code are left out. They hold
 * secrets and personal data, or are large.
 */
export const maskRequest = (request: unknown): unknown =>
  maskedCopy(request, (path, value) =>
    hidden.test(path) && typeof value === 'string' && value !== ''
      ? `(${Buffer.byteLength(value)} bytes)`
      : value,
  );
