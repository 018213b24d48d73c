import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { closeServer, listen } from '../../cloud-api/listen.ts';
import { createEmulator } from '../create-emulator.ts';
import { livingCodeId } from '../seeds/codes.ts';
import { postOverHttp } from './post-over-http.ts';
import { key, opened, signatureOf, token } from './receiver.test.kit.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

type Answer = (request: IncomingMessage, response: ServerResponse, body: Buffer) => void;

async function receiver(answer: Answer): Promise<string> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', () => undefined);
    request.on('end', () => answer(request, response, Buffer.concat(chunks)));
  });
  const { url } = await listen(server, 0, '127.0.0.1');
  closing.push(() => closeServer(server));
  return `${url}/callback-handler`;
}

function post(url: string, more: { slowMs?: number; timeoutMs?: number; signal?: AbortSignal } = {}) {
  const body = Buffer.from('{"encrypt":"AAAA"}');
  const { signal = new AbortController().signal } = more;
  return postOverHttp({
    url,
    headers: { 'X-Test': '1' },
    body,
    slowMs: 0,
    timeoutMs: 60_000,
    ...more,
    signal,
  });
}

describe('posting', () => {
  it.each([200, 204, 302, 404, 500])('tells the status %i', async (status) => {
    const url = await receiver((_, response) =>
      response.writeHead(status, { location: '/elsewhere' }).end('x'),
    );
    expect(await post(url)).toEqual({ status });
  });

  it('at once to a receiver that is slow to end its answers warns of no leak', async () => {
    const warnings: Error[] = [];
    const note = (warning: Error) => warnings.push(warning);
    process.on('warning', note);
    const held: ServerResponse[] = [];
    const url = await receiver((_, response) => {
      response.flushHeaders();
      held.push(response);
      if (held.length === 20) for (const one of held) one.end();
    });
    const emulator = createEmulator({ callbackKeys: [key], callbackTokens: [token], callbackUrls: [url] });
    for (let i = 0; i < 20; i++) emulator.callbacks.send({ MsgType: 'Test', MsgData: {} });
    expect(await emulator.callbacks.deliverDue()).toBe(20);
    await emulator.close();
    process.off('warning', note);
    expect(warnings).toEqual([]);
  });

  it('sends the very bytes and headers', async () => {
    const seen: unknown[] = [];
    const url = await receiver((request, response, body) => {
      const { 'x-test': test, 'content-length': length } = request.headers;
      seen.push({ method: request.method, path: request.url, body: body.toString(), test, length });
      response.end();
    });
    await post(url);
    expect(seen).toEqual([
      { method: 'POST', path: '/callback-handler', body: '{"encrypt":"AAAA"}', test: '1', length: '18' },
    ]);
  });

  it('tells of a connection that is refused, dropped, or silent for too long', async () => {
    const dropping = await receiver((request) => request.socket.destroy());
    expect(await post(dropping)).toEqual({ error: 'ECONNRESET' });
    const silent = await receiver(() => undefined);
    expect(await post(silent, { timeoutMs: 1 })).toEqual({ error: 'timeout' });
    const gone = createServer();
    const { url } = await listen(gone, 0, '127.0.0.1');
    await closeServer(gone);
    expect(await post(url)).toEqual({ error: 'ECONNREFUSED' });
  });

  it('can be slow: half of the body comes first', async () => {
    let early = '';
    const server = createServer((request, response) => {
      request.once('data', (first: Buffer) => {
        early = first.toString();
      });
      request.on('end', () => response.end());
    });
    const { url } = await listen(server, 0, '127.0.0.1');
    closing.push(() => closeServer(server));
    expect(await post(url, { slowMs: 300 })).toEqual({ status: 200 });
    expect(early).toBe('{"encrypt');
  });

  it('is broken off', async () => {
    const abort = new AbortController();
    const url = await receiver(() => abort.abort());
    expect(await post(url, { signal: abort.signal })).toEqual({ error: 'ABORT_ERR' });
  });
});

describe('an emulator that posts by itself', () => {
  async function start(callbackUrls: string[]) {
    const emulator = createEmulator({
      callbackUrls,
      automatic: true,
      callbackKeys: [key],
      callbackTokens: [token],
    });
    closing.push(() => emulator.close());
    await emulator.listen();
    return emulator;
  }

  /** The messages that come, until there are so many. */
  function collector(wanted: number, statusOf: (number: number) => number = () => 200) {
    const bodies: Buffer[] = [];
    let finish = (_: Buffer[]) => {};
    const all = new Promise<Buffer[]>((resolve) => {
      finish = resolve;
    });
    const answer: Answer = (request, response, body) => {
      expect(request.headers['content-signature']).toBe(signatureOf(body));
      bodies.push(body);
      response.writeHead(statusOf(bodies.length)).end();
      if (bodies.length === wanted) finish(bodies);
    };
    return { answer, all };
  }

  const typeOf = (body: Buffer) =>
    opened({ body, url: '', headers: {}, slowMs: 0, timeoutMs: 0, signal: new AbortController().signal })
      .MsgType;

  it('tells of a scan over real HTTP', async () => {
    const { answer, all } = collector(2);
    const emulator = await start([await receiver(answer)]);
    emulator.scan(livingCodeId);
    expect((await all).map(typeOf)).toEqual(['MultiFlowSignQrCodeCost', 'FlowStatusChange']);
  });

  it('posts again when the clock of the emulator says so, after a 500', async () => {
    const { answer, all } = collector(3, (number) => (number < 3 ? 500 : 200));
    const emulator = await start([await receiver(answer)]);
    emulator.clock.setSpeed(10_000);
    emulator.callbacks.send({ MsgType: 'TemplateAdd' });
    expect((await all).map(typeOf)).toEqual(Array(3).fill('TemplateAdd'));
  });

  it('does what is due when its clock is moved by hand', async () => {
    const { answer, all } = collector(100);
    const emulator = await start([await receiver(answer)]);
    emulator.clock.setSpeed(0);
    emulator.crowd(livingCodeId, { people: [{ Name: '孙虚构' }], overS: 1000 });
    for (let index = 0; index < 98; index += 1) emulator.callbacks.send({ MsgType: 'TemplateAdd' });
    emulator.clock.advance(1_000_000);
    expect(new Set((await all).map(typeOf))).toEqual(
      new Set(['MultiFlowSignQrCodeCost', 'FlowStatusChange', 'TemplateAdd']),
    );
  });

  it('breaks off what is under way when it closes, and posts it again when it listens again', async () => {
    let arrived = () => {};
    const first = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const silent = await receiver(() => arrived());
    const emulator = await start([silent]);
    emulator.callbacks.send({ MsgType: 'TemplateAdd' });
    await first;
    await emulator.close();
    expect(await settled(() => emulator.callbacks.counts())).toMatchObject({ waiting: 1, attempts: 0 });
    const second = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    await emulator.listen();
    await second;
  });

  /** After all that is ready to run has run. */
  async function settled<T>(value: () => T): Promise<T> {
    await new Promise((resolve) => setImmediate(resolve));
    return value();
  }
});
