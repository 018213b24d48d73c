/**
 * A long way to a server, as a process of its own: what the server at this port of this machine answers arrives so many
 * milliseconds later. Prints the port at which the way begins. Arguments: port, milliseconds.
 */
import { type AddressInfo, connect, createServer } from 'node:net';

// Nothing outlives the benchmark.
process.once('disconnect', () => process.exit());

const [port, addedMs] = process.argv.slice(2).map(Number);
const server = createServer({ noDelay: true }, (near) => {
  const far = connect({ port: Number(port), host: '127.0.0.1', noDelay: true });
  near.pipe(far);
  // Equal delays keep their order.
  far.on('data', (bytes) => setTimeout(() => near.write(bytes), addedMs));
  far.on('end', () => setTimeout(() => near.end(), addedMs));
  for (const socket of [near, far]) {
    socket.on('error', () => {});
    socket.on('close', () => {
      near.destroy();
      far.destroy();
    });
  }
});
server.listen(0, '127.0.0.1', () => {
  // A TCP server that listens has an address of this form.
  console.log((server.address() as AddressInfo).port);
});
