import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Stands between a client and a server, and loses what the test says. */
export interface FaultyProxy {
  /** `url` of the server, by way of this proxy. */
  url: string;
  /** Connections that clients have opened so far. */
  opened(): number;
  /** Bytes that clients have sent so far. */
  sentBytes(): number;
  /** How often clients have spoken after the server had, or first. */
  trips(): number;
  /**
   * From now on: pass everything, lose the answers, or lose both directions without a word; or let no client in,
   * as a server does that is away.
   */
  lose(what: 'nothing' | 'answers' | 'everything' | 'connections'): void;
  /** Ends every connection, as a server does that is tired of idle clients. */
  cut(): Promise<void>;
  /** From now on: nobody listens there, and who connects is refused; or somebody does again. */
  listen(isThere: boolean): Promise<void>;
  close(): Promise<void>;
}

export async function startFaultyProxy(url: string): Promise<FaultyProxy> {
  const target = new URL(url);
  const clients = new Set<Socket>();
  let lost: 'nothing' | 'answers' | 'everything' | 'connections' = 'nothing';
  let opened = 0;
  let sentBytes = 0;
  let trips = 0;

  const server = createServer((client) => {
    opened += 1;
    if (lost === 'connections') {
      client.destroy();
      return;
    }
    const upstream = connect(Number(target.port), target.hostname);
    clients.add(client);
    let isServersTurn = false;
    client.on('data', (bytes) => {
      sentBytes += bytes.length;
      if (!isServersTurn) trips += 1;
      isServersTurn = true;
      if (lost !== 'everything') upstream.write(bytes);
    });
    upstream.on('data', (bytes) => {
      isServersTurn = false;
      if (lost === 'nothing') client.write(bytes);
    });
    for (const socket of [client, upstream]) {
      // A reset is one of the ways in which a connection ends here.
      socket.on('error', () => undefined);
      socket.on('close', () => {
        clients.delete(client);
        client.destroy();
        upstream.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A TCP server that listens has an address of this form.
  const { port } = server.address() as AddressInfo;
  const own = new URL(url);
  own.host = `127.0.0.1:${port}`;

  async function listen(isThere: boolean): Promise<void> {
    if (isThere === server.listening) return;
    if (isThere) server.listen(port, '127.0.0.1');
    else server.close();
    // A server that is closed says so when its last connection has ended.
    await Promise.all([once(server, isThere ? 'listening' : 'close'), ...(isThere ? [] : [cut()])]);
  }

  async function cut(): Promise<void> {
    const closed = [...clients].map((client) => once(client, 'close'));
    for (const client of clients) client.destroy();
    await Promise.all(closed);
  }

  return {
    url: own.href,
    opened: () => opened,
    sentBytes: () => sentBytes,
    trips: () => trips,
    lose(what) {
      lost = what;
    },
    cut,
    listen,
    close: () => listen(false),
  };
}
