import type { Server } from 'node:http';

/**
 * Starts to listen; answers with where, by the name of the host that others know it by. Rejects with the error of the system where
 * that is not possible.
 */
export async function listen(
  server: Server,
  port: number,
  host: string,
  shownHost = host,
): Promise<{ url: string; port: number }> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  const taken = typeof address === 'object' && address !== null ? address.port : port;
  return { url: `http://${urlHost(shownHost)}:${taken}`, port: taken };
}

/** A server that listens on every address is reached by this machine at the first. */
function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

export async function closeServer(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
