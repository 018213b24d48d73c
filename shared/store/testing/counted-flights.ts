import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Stands between a client and a server of PostgreSQL, and counts how often the client has waited for it. */
export interface CountedFlights {
  /** `url` of the server, by way of this counter. */
  url: string;
  /** Flights so far: what ends with `Sync`, and simple queries. The question whether a connection lives is none. */
  flights(): number;
  close(): Promise<void>;
}

const sync = 'S'.charCodeAt(0);
const simpleQuery = 'Q'.charCodeAt(0);

export async function countFlights(url: string): Promise<CountedFlights> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let flights = 0;

  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    const read = messageReader((type, body) => {
      const isQuestion = type === simpleQuery && body.toString() === 'select 1\0';
      if (type === sync || (type === simpleQuery && !isQuestion)) flights += 1;
    });
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.on('data', read);
    client.pipe(upstream).pipe(client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const own = new URL(url);
  // A TCP server that listens has an address of this form.
  own.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url: own.href,
    flights: () => flights,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Reads the messages of a client: the first has no type, each of the others has one of a byte. */
function messageReader(onMessage: (type: number, body: Buffer) => void): (bytes: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  let begun = false;
  return (bytes) => {
    rest = Buffer.concat([rest, bytes]);
    for (;;) {
      const typeLength = begun ? 1 : 0;
      if (rest.length < typeLength + 4) return;
      const end = typeLength + rest.readInt32BE(typeLength);
      if (rest.length < end) return;
      if (begun) onMessage(rest[0] ?? 0, rest.subarray(5, end));
      begun = true;
      rest = rest.subarray(end);
    }
  };
}
