/** The framing of the PostgreSQL protocol 3.0, as far as a server in front of one backend needs it. */

export interface WireMessage {
  /** The type byte as a character; what comes before the start of a session has none. */
  type: 'startup' | 'encryption-request' | 'cancel-request' | (string & {});
  /** The whole message. */
  bytes: Buffer;
}

const protocolVersion3 = 0x0003_0000;
const cancelRequestCode = 80_877_102;
/** SSLRequest and GSSENCRequest. */
const encryptionRequestCodes = [80_877_103, 80_877_104];
/** Far above any statement of ours, far below what a mistaken client may make us keep. */
const longestMessageBytes = 64 * 2 ** 20;

/** Cuts the bytes of one connection into messages. Throws on what is not the protocol. */
export function createMessageReader(): (chunk: Buffer) => WireMessage[] {
  let rest: Buffer = Buffer.alloc(0);
  let started = false;

  function next(): WireMessage | undefined {
    const typeBytes = started ? 1 : 0;
    if (rest.length < typeBytes + 4) return undefined;
    const length = typeBytes + rest.readInt32BE(typeBytes);
    if (length < typeBytes + 4 || length > longestMessageBytes)
      throw new Error('not the PostgreSQL protocol');
    if (rest.length < length) return undefined;
    const bytes = rest.subarray(0, length);
    rest = rest.subarray(length);
    if (started) return { type: String.fromCharCode(bytes[0] ?? 0), bytes };
    return firstMessage(bytes);
  }

  function firstMessage(bytes: Buffer): WireMessage {
    const code = bytes.length < 8 ? 0 : bytes.readInt32BE(4);
    if (encryptionRequestCodes.includes(code)) return { type: 'encryption-request', bytes };
    if (code === cancelRequestCode) return { type: 'cancel-request', bytes };
    if (code !== protocolVersion3) throw new Error('not the PostgreSQL protocol 3.0');
    started = true;
    return { type: 'startup', bytes };
  }

  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const messages: WireMessage[] = [];
    for (let message = next(); message !== undefined; message = next()) messages.push(message);
    return messages;
  };
}

function message(type: string, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(5);
  head.write(type, 'latin1');
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

const int32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};
const text = (value: string) => Buffer.from(`${value}\0`);

export const syncMessage = message('S');
/** The answer to an encryption request: no. */
export const encryptionRefusal = Buffer.from('N');

/** What a server says once a client may send its first statement. No password is asked for. */
export function sessionStart(parameters: Readonly<Record<string, string>>, processId: number): Buffer {
  const statuses = Object.entries(parameters).map(([name, value]) => message('S', text(name), text(value)));
  return Buffer.concat([
    message('R', int32(0)),
    ...statuses,
    message('K', int32(processId), int32(0)),
    message('Z', Buffer.from('I')),
  ]);
}

/** An error after which the server closes the connection. */
export function fatalError(sqlState: string, detail: string): Buffer {
  return message(
    'E',
    text('SFATAL'),
    text('VFATAL'),
    text(`C${sqlState}`),
    text(`M${detail}`),
    Buffer.alloc(1),
  );
}
