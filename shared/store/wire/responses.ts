/** What a server answers: bytes of protocol 3.0, as "Message Formats" of the PostgreSQL manual has them. */
import { type ReadValue, readerOf } from './values.ts';

/** Gets each message: its type, and where its body lies. */
export type OnMessage = (type: string, body: Body) => void;

/** A body of a message within the bytes that came with it. */
export interface Body {
  bytes: Buffer;
  from: number;
  to: number;
}

const headBytes = 5;

/**
 * Cuts what comes into messages, however the network has cut it.
 *
 * @param longest bytes that a message may have
 * @throws Error when it cannot be the protocol, and what `onMessage` throws
 */
export function createMessageReader(
  onMessage: OnMessage,
  longest = Number.POSITIVE_INFINITY,
): (chunk: Buffer) => void {
  let held: Buffer[] = [];
  let heldBytes = 0;
  /** Bytes until the next message is complete, or until its length is known. */
  let needed = headBytes;

  return (chunk) => {
    let bytes = chunk;
    if (heldBytes > 0) {
      held.push(chunk);
      heldBytes += chunk.length;
      // Long messages come in many pieces: they are put together once.
      if (heldBytes < needed) return;
      bytes = Buffer.concat(held, heldBytes);
    }
    let at = 0;
    for (;;) {
      const left = bytes.length - at;
      needed = left < headBytes ? headBytes : 1 + bytes.readInt32BE(at + 1);
      if (needed < headBytes || needed > longest)
        throw new Error('what answers does not speak the protocol of PostgreSQL');
      if (left < needed) break;
      const from = at + headBytes;
      at += needed;
      onMessage(String.fromCharCode(bytes[from - headBytes] ?? 0), { bytes, from, to: at });
    }
    heldBytes = bytes.length - at;
    held = heldBytes > 0 ? [bytes.subarray(at)] : [];
  };
}

/** Reads a body from its beginning to its end. */
export class BodyReader {
  readonly #bytes: Buffer;
  readonly #to: number;
  #at: number;

  constructor({ bytes, from, to }: Body) {
    this.#bytes = bytes;
    this.#at = from;
    this.#to = to;
  }

  byte(): string {
    return String.fromCharCode(this.#bytes[this.#at++] ?? 0);
  }

  int16(): number {
    this.#at += 2;
    return this.#bytes.readInt16BE(this.#at - 2);
  }

  int32(): number {
    this.#at += 4;
    return this.#bytes.readInt32BE(this.#at - 4);
  }

  skip(bytes: number): void {
    this.#at += bytes;
  }

  cstring(): string {
    const end = this.#bytes.indexOf(0, this.#at);
    if (end < 0 || end >= this.#to) throw new Error('a text of the database has no end');
    const text = this.#bytes.toString('utf8', this.#at, end);
    this.#at = end + 1;
    return text;
  }

  /** What is left. */
  rest(): Buffer {
    return this.#bytes.subarray(this.#at, this.#to);
  }
}

/** What the server says of a statement, or of us, that it refuses. What quotes values (detail, context) is not kept. */
export class ServerError extends Error {
  override readonly name = 'ServerError';
  /** SQLSTATE. */
  readonly code: string;
  readonly severity: string;
  readonly constraint: string | undefined;

  constructor(body: Body) {
    const fields = fieldsOf(body);
    super(fields.get('M') ?? '');
    this.code = fields.get('C') ?? '';
    // `S` is in the language of the server.
    this.severity = fields.get('V') ?? fields.get('S') ?? 'ERROR';
    this.constraint = fields.get('n');
  }

  /** Does the session end with it? */
  get isFatal(): boolean {
    return this.severity === 'FATAL' || this.severity === 'PANIC';
  }
}

function fieldsOf(body: Body): Map<string, string> {
  const reader = new BodyReader(body);
  const fields = new Map<string, string>();
  for (let name = reader.byte(); name !== '\0'; name = reader.byte()) fields.set(name, reader.cstring());
  return fields;
}

/** A column of a result, and what makes a value of its text; without: text it stays. */
interface Column {
  name: string;
  read: ReadValue | undefined;
}

/** Of a statement that answers rows; none of one that does not. */
export type Columns = readonly Column[];

/** Of `RowDescription`. */
export function readColumns(body: Body): Columns {
  const reader = new BodyReader(body);
  return Array.from({ length: reader.int16() }, () => {
    const name = reader.cstring();
    // Table and number of the column.
    reader.skip(6);
    const type = reader.int32();
    // Size, modifier and format of the type: it is text that was asked for.
    reader.skip(8);
    return { name, read: readerOf(type) };
  });
}

/** A row, a member for each column. @throws Error when it is another number of columns, or ends amid one */
export function readRow({ bytes, from, to }: Body, columns: Columns): Record<string, unknown> {
  if (bytes.readInt16BE(from) !== columns.length) throw new Error('a row does not fit its description');
  const row: Record<string, unknown> = {};
  let at = from + 2;
  for (const { name, read } of columns) {
    const length = bytes.readInt32BE(at);
    at += 4;
    if (length < 0) {
      row[name] = null;
      continue;
    }
    if (at + length > to) throw new Error('a row ends amid a value');
    const text = bytes.toString('utf8', at, at + length);
    row[name] = read === undefined ? text : read(text);
    at += length;
  }
  return row;
}

/** The number at the end of a `CommandComplete`, as in `INSERT 0 5`; 0 where there is none. */
export function readRowCount({ bytes, from, to }: Body): number {
  let count = 0;
  let unit = 1;
  for (let at = to - 2; at >= from; at -= 1) {
    const digit = (bytes[at] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) break;
    count += digit * unit;
    unit *= 10;
  }
  return count;
}
