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

/** The first strings of a message, each ended by a zero byte, from a place on. */
function strings(bytes: Buffer, from: number, count: number): string[] {
  const found: string[] = [];
  for (let at = from; found.length < count; ) {
    const end = bytes.indexOf(0, at);
    found.push(bytes.toString('utf8', at, end === -1 ? bytes.length : end));
    if (end === -1) break;
    at = end + 1;
  }
  return found;
}

/** Where the body of a message with a type begins. */
const body = 5;

/** The names and values that a session starts with. */
export function startupParameters({ bytes }: WireMessage): Map<string, string> {
  const all = strings(bytes, 8, Number.POSITIVE_INFINITY);
  const pairs = new Map<string, string>();
  for (let i = 0; i + 1 < all.length && all[i] !== ''; i += 2) pairs.set(all[i] ?? '', all[i + 1] ?? '');
  return pairs;
}

/** The text of a statement, by either protocol; empty for other messages. */
export function statementText({ type, bytes }: WireMessage): string {
  if (type === 'Q') return strings(bytes, body, 1)[0] ?? '';
  return type === 'P' ? (strings(bytes, body, 2)[1] ?? '') : '';
}

/** The name of the prepared statement that a message makes, uses or closes; empty where it has none. */
export function statementName({ type, bytes }: WireMessage): string {
  if (type === 'P') return strings(bytes, body, 1)[0] ?? '';
  if (type === 'B') return strings(bytes, body, 2)[1] ?? '';
  const isOfStatement = (type === 'D' || type === 'C') && bytes[body] === 'S'.charCodeAt(0);
  return isOfStatement ? (strings(bytes, body + 1, 1)[0] ?? '') : '';
}

function message(type: string, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const head = Buffer.alloc(5);
  head.write(type, 'latin1');
  head.writeInt32BE(content.length + 4, 1);
  return Buffer.concat([head, content]);
}

const int32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};
const text = (value: string) => Buffer.from(`${value}\0`);

export const syncMessage = message('S');
export const queryMessage = (sql: string) => message('Q', text(sql));
/** The answer to an encryption request: no. */
export const encryptionRefusal = Buffer.from('N');
/** What follows a statement that may have begun to read rows from its client; others pass over it. */
export const copyRefusal = message(
  'f',
  text('the embedded database reads no rows from a client: use inserts'),
);

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

/** The error in an answer; undefined where there is none. */
export function errorIn(answer: Buffer): Buffer | undefined {
  for (let at = 0; at + 5 <= answer.length; at += 1 + answer.readInt32BE(at + 1)) {
    if (answer[at] === 'E'.charCodeAt(0)) return answer.subarray(at, at + 1 + answer.readInt32BE(at + 1));
  }
  return undefined;
}

/** The state of the transaction in `ReadyForQuery`, with which every answer to a whole statement ends; else empty. */
export function readyStatus(answer: Buffer): string {
  const tail = answer.subarray(-6);
  const isReady = tail.length === 6 && tail.toString('latin1', 0, 5) === 'Z\0\0\0\x05';
  return isReady ? tail.toString('latin1', 5) : '';
}
