/** What a client sends: bytes of protocol 3.0, as "Message Formats" of the PostgreSQL manual has them. */

/** A parameter as it is sent, as text; null: SQL's null. */
export type ParameterText = string | null;

/** UTF-8 takes at most so many bytes for a unit of a JavaScript string. */
const mostBytesPerUnit = 3;

/** Collects messages that are to leave in one write. Each begins with `open` or `openStart`, and ends with `close`. */
export class Requests {
  #bytes: Buffer;
  #at = 0;
  #lengthAt = 0;

  constructor(size = 1024) {
    this.#bytes = Buffer.allocUnsafe(size);
  }

  /** @param type one letter */
  open(type: string): this {
    this.#makeRoom(5);
    this.#bytes[this.#at] = type.charCodeAt(0);
    this.#lengthAt = this.#at + 1;
    this.#at += 5;
    return this;
  }

  /** The first messages of a connection have no type. */
  openStart(code: number): this {
    this.#makeRoom(4);
    this.#lengthAt = this.#at;
    this.#at += 4;
    return this.int32(code);
  }

  int16(value: number): this {
    this.#makeRoom(2);
    this.#at = this.#bytes.writeInt16BE(value, this.#at);
    return this;
  }

  int32(value: number): this {
    this.#makeRoom(4);
    this.#at = this.#bytes.writeInt32BE(value, this.#at);
    return this;
  }

  /** Text to the end of the message. */
  text(text: string): this {
    this.#makeRoom(text.length * mostBytesPerUnit);
    this.#at += this.#bytes.write(text, this.#at);
    return this;
  }

  /** Text that ends with a zero. @throws TypeError when it holds one: what follows it would be read as something else */
  cstring(text: string): this {
    if (text.includes('\0')) throw new TypeError('a text for the database holds U+0000');
    this.text(text);
    this.#makeRoom(1);
    this.#bytes[this.#at] = 0;
    this.#at += 1;
    return this;
  }

  /** Text with its length before it, in bytes. */
  sized(text: ParameterText): this {
    if (text === null) return this.int32(-1);
    const lengthAt = this.#at;
    this.int32(0).text(text);
    this.#bytes.writeInt32BE(this.#at - lengthAt - 4, lengthAt);
    return this;
  }

  close(): this {
    this.#bytes.writeInt32BE(this.#at - this.#lengthAt, this.#lengthAt);
    return this;
  }

  /** Whole messages. */
  messages(bytes: Buffer): this {
    this.#makeRoom(bytes.length);
    this.#at += bytes.copy(this.#bytes, this.#at);
    return this;
  }

  /** Everything so far; nothing may be added afterwards. */
  bytes(): Buffer {
    return this.#bytes.subarray(0, this.#at);
  }

  #makeRoom(size: number): void {
    const needed = this.#at + size;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, this.#bytes.length * 2));
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
  }
}

const protocolVersion = 3 << 16;
const sslRequestCode = (1234 << 16) | 5679;

export const sslRequest = (): Buffer => new Requests().openStart(sslRequestCode).close().bytes();

/** Opens a session. @param parameters `user`, `database` and settings of the session */
export function startup(parameters: Readonly<Record<string, string>>): Buffer {
  const message = new Requests().openStart(protocolVersion);
  for (const [name, value] of Object.entries(parameters)) message.cstring(name).cstring(value);
  return message.cstring('').close().bytes();
}

/** A password, in clear or as MD5. */
export const password = (text: string): Buffer => new Requests().open('p').cstring(text).close().bytes();

export const saslInitialResponse = (mechanism: string, response: string): Buffer =>
  new Requests().open('p').cstring(mechanism).sized(response).close().bytes();

export const saslResponse = (response: string): Buffer =>
  new Requests().open('p').text(response).close().bytes();

/** Texts of several statements in one, without parameters. */
export const query = (text: string): Buffer => new Requests().open('Q').cstring(text).close().bytes();

// What is always the same is written out: it is made while a function is being loaded.

export const terminate = Buffer.from('X\0\0\0\x04');

/** Ends a flight: when one of its messages fails, the server skips all that follow, up to here. */
export const sync = Buffer.from('S\0\0\0\x04');

/** Executes the unnamed portal, all rows of it. */
export const execute = Buffer.from('E\0\0\0\x09\0\0\0\0\0');

/** Describes the unnamed portal, then executes it. */
export const describeAndExecute = Buffer.from(`D\0\0\0\x06P\0${execute}`);

/** @param name empty: the statement is for this one time; its types are what the server takes them for */
export function parse(requests: Requests, name: string, text: string): void {
  requests.open('P').cstring(name).cstring(text).int16(0).close();
}

export function describeStatement(requests: Requests, name: string): void {
  requests.open('D').text('S').cstring(name).close();
}

/** Binds parameters to a statement as the unnamed portal. Parameters and results are text. */
export function bind(requests: Requests, name: string, values: readonly ParameterText[]): void {
  requests.open('B').cstring('').cstring(name).int16(0).int16(values.length);
  for (const value of values) requests.sized(value);
  requests.int16(0).close();
}
