import { type Envelope, readEnvelope } from './envelope.ts';
import { readContent } from './read-content.ts';

/**
 * The message in a body that was proved when it came and kept since: only the keys are asked again. Undefined: none of
 * them decrypts it any more.
 *
 * @param body as it came; in clear where it came so
 * @throws RangeError for a key that is not 32 bytes
 */
export function reopenNotification(body: string, keys: readonly string[]): Envelope | undefined {
  const content = readContent(Buffer.from(body), { keys, plaintext: 'accept' });
  return 'value' in content ? readEnvelope(content.value) : undefined;
}
