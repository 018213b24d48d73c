/** A long way to a server of this machine: what it says arrives so much later, and not at all once the way is cut. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface SlowWay {
  port: number;
  /** Whatever is under way is lost, in both directions. */
  cut(): void;
  close(): Promise<void>;
}

export async function startSlowWay(port: number, addedMs: number): Promise<SlowWay> {
  const ends = new Set<Socket>();
  const server = createServer({ noDelay: true }, (near) => {
    const far = connect({ port, host: '127.0.0.1', noDelay: true });
    near.pipe(far);
    // Equal delays keep their order.
    far.on('data', (bytes) => void setTimeout(() => near.writable && near.write(bytes), addedMs));
    for (const socket of [near, far]) {
      ends.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        ends.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => {
    for (const socket of ends) socket.destroy();
  };
  return {
    // A TCP server that listens has an address of this form.
    port: (server.address() as AddressInfo).port,
    cut,
    async close() {
      server.close();
      cut();
      await once(server, 'close');
    },
  };
}
