/** Receivers of events in a process of their own: one that answers, and one that never does. Prints their ports. */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

// Nothing outlives the benchmark.
process.once('disconnect', () => process.exit());

async function listen(listener: RequestListener): Promise<number> {
  const server = createServer((request, response) => {
    request.resume().once('end', () => listener(request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port; // it listens on a port
}

const living = await listen((_, response) => response.writeHead(204).end());
const hanging = await listen(() => {});
console.log(`${living} ${hanging}`);
