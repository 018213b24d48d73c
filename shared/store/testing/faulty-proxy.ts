import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Stands between a client and a server, and loses what it is told to lose. */
export interface FaultyProxy {
  /** `url` of the server, by way of this proxy. */
  url: string;
  /** Connections that clients have opened so far. */
  opened(): number;
  /** Bytes that clients have sent so far. */
  sentBytes(): number;
  /** From now on: pass everything, lose the answers, or lose both directions. Nobody is told. */
  lose(what: 'nothing' | 'answers' | 'everything'): void;
  /** Ends every connection, as a server does that is tired of idle clients. */
  cut(): Promise<void>;
  close(): Promise<void>;
}

export async function startFaultyProxy(url: string): Promise<FaultyProxy> {
  const target = new URL(url);
  const clients = new Set<Socket>();
  let lost: 'nothing' | 'answers' | 'everything' = 'nothing';
  let opened = 0;
  let sentBytes = 0;

  const server = createServer((client) => {
    opened += 1;
    const upstream = connect(Number(target.port), target.hostname);
    clients.add(client);
    client.on('data', (bytes) => {
      sentBytes += bytes.length;
      if (lost !== 'everything') upstream.write(bytes);
    });
    upstream.on('data', (bytes) => {
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

  async function cut(): Promise<void> {
    const closed = [...clients].map((client) => once(client, 'close'));
    for (const client of clients) client.destroy();
    await Promise.all(closed);
  }

  return {
    url: own.href,
    opened: () => opened,
    sentBytes: () => sentBytes,
    lose(what) {
      lost = what;
    },
    cut,
    async close() {
      await cut();
      server.close();
      await once(server, 'close');
    },
  };
}
