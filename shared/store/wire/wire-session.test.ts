import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { parseDatabaseUrl } from '../postgres/database-url.ts';
import { openWireSession, type WireSession } from './wire-session.ts';

const timeoutMs = 30_000;

let server: Server;
let session: WireSession | undefined;

afterEach(() => {
  session?.destroy();
  session = undefined;
  server.close();
});

const message = (type: string, body: string) => {
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, Buffer.from(body, 'latin1')]);
};

/** `Authentication…`. */
const asks = (code: number, more = '') => message('R', `\0\0\0${String.fromCharCode(code)}${more}`);
const ready = Buffer.concat([message('K', '\0\0\0\x07\0\0\0\x08'), message('Z', 'I')]);
const ok = asks(0);
const sasl = (...mechanisms: string[]) => asks(10, `${mechanisms.join('\0')}\0\0`);

/** A server that says these things, each after the client has spoken once more; and what it has heard. */
async function serverThatSays(...answers: readonly Buffer[]) {
  const heard: string[] = [];
  const left = [...answers];
  let socket: Socket | undefined;
  server = createServer((accepted) => {
    socket = accepted;
    accepted.on('error', () => undefined);
    accepted.on('data', (bytes) => {
      heard.push(bytes.toString('latin1'));
      const answer = left.shift();
      if (answer !== undefined) accepted.write(answer);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A TCP server that listens has an address of this form.
  const { port } = server.address() as AddressInfo;
  return {
    heard,
    url: `postgresql://u:geheim@127.0.0.1:${port}/d?sslmode=disable`,
    say: (...bytes: readonly Buffer[]) => socket?.write(Buffer.concat(bytes)),
  };
}

async function open(url: string, password?: string): Promise<WireSession> {
  const address = parseDatabaseUrl(url);
  session = await openWireSession(password === undefined ? address : { ...address, password }, timeoutMs);
  return session;
}

/** With what TLS would make of the address: what a server asks for is judged alike. */
async function openBound(url: string): Promise<WireSession> {
  session = await openWireSession({ ...parseDatabaseUrl(url), channelBinding: 'require' }, timeoutMs);
  return session;
}

describe('the start of a session', () => {
  it('gives the number of the process', async () => {
    const { url } = await serverThatSays(Buffer.concat([ok, ready]));
    expect((await open(url)).processId).toBe(7);
  });

  it('passes over notices, settings and versions', async () => {
    const more = [message('N', 'SNOTICE\0\0'), message('S', 'a\0b\0'), message('v', '\0\0\0\0\0\0\0\0')];
    const { url } = await serverThatSays(Buffer.concat([...more, ok, ...more, message('Z', 'I')]));
    expect((await open(url)).processId).toBeNull();
  });

  it.each([
    ['lets us in without a word of authentication', [ready], 'left it out'],
    ['says that it has let us in while it owes its proof', [sasl('SCRAM-SHA-256'), ok], 'does not follow'],
    ['asks for the password in clear, too', [sasl('SCRAM-SHA-256'), asks(3)], 'does not follow'],
    ['goes on with what was not begun', [asks(11, 'r=a,s=b,i=1')], 'does not follow'],
    ['claims a proof that nobody has answered', [sasl('SCRAM-SHA-256'), asks(12, 'v=')], 'does not follow'],
    ['offers nothing that we can do', [sasl('SCRAM-SHA-1')], 'does not offer SCRAM-SHA-256'],
    ['asks for a ticket (GSSAPI)', [asks(7)], 'not supported'],
    ['speaks another protocol', [Buffer.from('HTTP/1.1 400 Bad Request')], 'protocol of PostgreSQL'],
    ['answers with what is no start', [message('D', '\0\0')], 'protocol of PostgreSQL'],
  ])('fails when the server %s', async (_, answers, told) => {
    const { url } = await serverThatSays(...answers);
    await expect(open(url)).rejects.toThrow(told);
  });

  it.each([
    ['the password in clear', asks(3)],
    ['its MD5', asks(5, 'salt')],
    ['SCRAM', sasl('SCRAM-SHA-256')],
    ['SCRAM that is bound, in clear', sasl('SCRAM-SHA-256-PLUS', 'SCRAM-SHA-256')],
    ['nothing', Buffer.concat([ok, ready])],
  ])('tells nothing to a server that asks for %s where channel binding is demanded', async (_, answer) => {
    const { url, heard } = await serverThatSays(answer);
    await expect(openBound(url)).rejects.toThrow('channel binding');
    expect(heard).toHaveLength(1);
  });

  it.each([
    ['clear', asks(3)],
    ['MD5', asks(5, 'salt')],
    ['SCRAM', sasl('SCRAM-SHA-256')],
  ])('fails when a password is asked for (%s) and there is none', async (_, answer) => {
    const { url } = await serverThatSays(answer);
    await expect(open(url, '')).rejects.toThrow('must be a non-empty string');
  });

  it('is over when its time is', async () => {
    const { url } = await serverThatSays();
    await expect(openWireSession(parseDatabaseUrl(url), 20)).rejects.toThrow('timeout expired');
  });

  it('takes nothing that came in clear for what came over TLS', async () => {
    const { url } = await serverThatSays(Buffer.concat([Buffer.from('S'), ok, ready]));
    await expect(open(url.replace('disable', 'no-verify'))).rejects.toThrow('SSL connection');
  });
});

const described = message('T', '\0\x01a\0\0\0\0\0\0\0\0\0\0\x17\0\x04\xff\xff\xff\xff\0\0');
const row = message('D', '\0\x01\0\0\0\x011');
const done = message('C', 'SELECT 1\0');

describe('a flight', () => {
  it('is one write, and each of its statements has its answer', async () => {
    const { url, heard, say } = await serverThatSays(Buffer.concat([ok, ready]));
    const opened = await open(url);
    const answer = opened.send(
      [{ text: 'begin' }, { text: 'select', params: ['x'] }],
      () => undefined,
      timeoutMs,
    );
    while (heard.length < 2) await new Promise((resolve) => setImmediate(resolve));
    say(message('1', ''), message('2', ''), message('n', ''), message('C', 'BEGIN\0'));
    say(message('1', ''), message('2', ''), described, row, done, message('Z', 'T'));
    expect(await answer).toEqual([
      { rows: [], rowCount: 0 },
      { rows: [{ a: 1 }], rowCount: 1 },
    ]);
    expect(opened.status()).toBe('T');
    expect(heard).toHaveLength(2);
    expect(heard[1]?.split('S\0\0\0\x04')).toHaveLength(2);
  });

  it('parses and describes what is kept once', async () => {
    const { url, heard, say } = await serverThatSays(Buffer.concat([ok, ready]));
    const opened = await open(url);
    const plan = { name: 'kept', isSent: false, columns: undefined };
    const send = () => opened.send([{ text: 'select 1', prepared: true }], () => plan, timeoutMs);
    const first = send();
    while (heard.length < 2) await new Promise((resolve) => setImmediate(resolve));
    say(message('1', ''), message('t', '\0\0'), described, message('2', ''), row, done, message('Z', 'I'));
    expect(await first).toEqual([{ rows: [{ a: 1 }], rowCount: 1 }]);
    const second = send();
    while (heard.length < 3) await new Promise((resolve) => setImmediate(resolve));
    say(message('2', ''), row, done, message('Z', 'I'));
    expect(await second).toEqual([{ rows: [{ a: 1 }], rowCount: 1 }]);
    expect(heard[1]).toContain('select 1');
    expect(heard[2]).not.toContain('select 1');
  });

  it.each([
    ['a message that is not understood', message('G', '\0\0\0')],
    ['a row that does not fit', Buffer.concat([described, message('D', '\0\0')])],
    ['what is no message', Buffer.from([68, 0, 0, 0, 0])],
  ])('fails with the connection when the answer is %s', async (_, answer) => {
    const { url, heard, say } = await serverThatSays(Buffer.concat([ok, ready]));
    const opened = await open(url);
    const failing = opened.sendText('select', timeoutMs).catch((error: unknown) => error);
    while (heard.length < 2) await new Promise((resolve) => setImmediate(resolve));
    say(answer);
    expect(await failing).toBeInstanceOf(Error);
    expect(opened.isClosed()).toBe(true);
    await expect(opened.sendText('select', timeoutMs)).rejects.toThrow('is closed');
  });

  it('fails when its time is over, and when it is given up', async () => {
    const { url } = await serverThatSays(Buffer.concat([ok, ready]));
    await expect((await open(url)).sendText('select', 20)).rejects.toThrow('no answer in time');
    server.close();
    const another = await serverThatSays(Buffer.concat([ok, ready]));
    const opened = await open(another.url);
    const failing = opened.sendText('select', timeoutMs);
    opened.destroy();
    await expect(failing).rejects.toThrow('given up');
  });

  it('waits for the one before it: two answers at once could not be told apart', async () => {
    const { url } = await serverThatSays(Buffer.concat([ok, ready]));
    const opened = await open(url);
    opened.sendText('select', timeoutMs).catch(() => undefined);
    await expect(opened.sendText('select', timeoutMs)).rejects.toThrow('still awaited');
  });

  it('sends nothing when a parameter cannot be one', async () => {
    const { url, heard } = await serverThatSays(Buffer.concat([ok, ready]));
    const opened = await open(url);
    const statement = { text: 'select $1', params: [{ a: 1 }] };
    await expect(opened.send([statement], () => undefined, timeoutMs)).rejects.toThrow(TypeError);
    expect(heard).toHaveLength(1);
  });
});
