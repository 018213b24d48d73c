import { readEnvelope } from './envelope.ts';
import { readContent } from './read-content.ts';

/** A message without its envelope. */
export interface ReopenedMessage {
  msgId: string;
  msgType: string;
  msgVersion: string | null;
  data: unknown;
}

/**
 * Opens bodies that were proved when they came and are kept since: only the keys are asked again. A body that came in
 * clear is taken so. Undefined: none of the keys decrypts it any more.
 *
 * @param keys 32 characters each
 */
export function createReopener(
  keys: readonly string[],
): (stored: { readonly body: string }) => ReopenedMessage | undefined {
  return ({ body }) => {
    const content = readContent(Buffer.from(body), { keys, plaintext: 'accept' });
    const message = 'value' in content ? readEnvelope(content.value) : undefined;
    return message && messageOf(message);
  };
}

/** The message in the names that the rest of qianma has for its members. */
export function messageOf(envelope: NonNullable<ReturnType<typeof readEnvelope>>): ReopenedMessage {
  const { MsgId, MsgType, MsgVersion, MsgData } = envelope;
  return { msgId: MsgId, msgType: MsgType, msgVersion: MsgVersion, data: MsgData };
}
