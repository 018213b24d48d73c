import { connect, isIP, type Socket } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import type { DatabaseAddress } from '../postgres/database-url.ts';
import { sslRequest } from './requests.ts';

/** The way to a server. */
export interface OpenSocket {
  socket: Socket;
  /** DER of the certificate of the server; undefined: in clear. */
  certificate: Buffer | undefined;
}

/**
 * Connects, over TLS where the address says so.
 *
 * @param onSocket gets each socket as soon as it is there, to destroy it when time is up
 * @throws Error of the network or of TLS; or when the server has no TLS: nothing is told to it then
 */
export async function openSocket(
  { host, port, ssl }: DatabaseAddress,
  onSocket: (socket: Socket) => void,
): Promise<OpenSocket> {
  const target = host.startsWith('/') ? { path: `${host}/.s.PGSQL.${port}` } : { host, port };
  const socket = connect(target);
  onSocket(socket);
  socket.setNoDelay(true);
  await happens(socket, 'connect');
  if (ssl === false) return { socket, certificate: undefined };
  socket.write(sslRequest());
  // One letter, and nothing behind it: what came with it in clear would pass for what came over TLS.
  const answer = String(await happens(socket, 'data'));
  if (answer === 'N') throw new Error('The server does not support SSL connections');
  if (answer !== 'S') throw new Error('There was an error establishing an SSL connection');
  return overTls(socket, host, ssl, onSocket);
}

async function overTls(
  socket: Socket,
  host: string,
  ssl: ConnectionOptions,
  onSocket: (socket: Socket) => void,
): Promise<OpenSocket> {
  // Loaded where it is spoken: in a private network it is not.
  const tls = await import('node:tls');
  if (socket.destroyed) throw socket.errored ?? new Error('The server has closed the connection');
  // RFC 6066 §3: the name of a server is no address. The certificate is compared with `host` all the same.
  const secure = tls.connect({ socket, host, ...(isIP(host) === 0 && { servername: host }), ...ssl });
  onSocket(secure);
  await happens(secure, 'secureConnect');
  return { socket: secure, certificate: secure.getPeerCertificate().raw };
}

/** The first value of an event. @throws Error of the socket, or when it is closed before */
function happens(socket: Socket, event: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const closed = () => failed(new Error('The server has closed the connection'));
    function settled() {
      socket.off(event, happened).off('error', failed).off('close', closed);
    }
    function happened(value: unknown) {
      settled();
      resolve(value);
    }
    function failed(error: Error) {
      settled();
      reject(error);
    }
    socket.on(event, happened).on('error', failed).on('close', closed);
  });
}
