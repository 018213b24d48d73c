import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { TLSSocket } from 'node:tls';
import { localhostCertificate } from './localhost-certificate.ts';

/** Stands before a server that has no TLS and speaks it in its place, as PostgreSQL negotiates it. */
export interface TlsFront {
  port: number;
  close(): Promise<void>;
}

export async function startTlsFront(url: string): Promise<TlsFront> {
  const target = new URL(url);
  const server = createServer((client) => {
    client.on('error', () => undefined);
    // The request for TLS is eight bytes, which arrive alone: the client waits for the answer.
    client.once('data', () => {
      client.write('S');
      const secure = new TLSSocket(client, { isServer: true, ...localhostCertificate });
      const upstream = connect(Number(target.port), target.hostname);
      for (const [from, to] of [
        [secure, upstream],
        [upstream, secure],
      ] as const) {
        // A client that does not trust us hangs up amid the handshake.
        from.on('error', () => to.destroy());
        from.pipe(to);
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    // A TCP server that listens has an address of this form.
    port: (server.address() as AddressInfo).port,
    async close() {
      server.close();
      await once(server, 'close');
    },
  };
}
