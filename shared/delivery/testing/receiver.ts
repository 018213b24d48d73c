import { once } from 'node:events';
import * as http from 'node:http';
import * as https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';

interface Received {
  id: string;
  headers: http.IncomingHttpHeaders;
  url: string;
  body: string;
}

export type Answer = (response: http.ServerResponse, received: Received) => void;

/** A system of a user's, on this machine. */
export interface Receiver {
  url: string;
  received: Received[];
  /** What it answers from now on. */
  answer: Answer;
  /** Resolves with the next request, once it has been read. */
  next(): Promise<Received>;
  close(): void;
}

export const say =
  (status: number, headers: Record<string, string> = {}, body = ''): Answer =>
  (response) => {
    response.writeHead(status, headers).end(body);
  };
export const sayJson = (body: object): Answer =>
  say(200, { 'content-type': 'application/json' }, JSON.stringify(body));
/** Never answers. */
export const hang: Answer = () => {};

export async function startReceiver(
  answer: Answer = say(204),
  tls?: { key: string; cert: string },
): Promise<Receiver> {
  const sockets = new Set<Socket>();
  let waiting: ((received: Received) => void)[] = [];
  const onRequest = (request: http.IncomingMessage, response: http.ServerResponse) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', () => {});
    response.on('error', () => {});
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      const { headers, url = '' } = request;
      const one = { id: String(headers['webhook-id'] ?? ''), headers, url, body };
      receiver.received.push(one);
      receiver.answer(response, one);
      for (const resolve of waiting) resolve(one);
      waiting = [];
    });
  };
  const server = tls ? https.createServer(tls, onRequest) : http.createServer(onRequest);
  server.on(tls ? 'secureConnection' : 'connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
  });
  server.on('tlsClientError', () => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // it listens on a port
  const receiver: Receiver = {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}/hooks/qianma`,
    received: [],
    answer,
    next: () => new Promise((resolve) => waiting.push(resolve)),
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
  return receiver;
}

/** An address of this machine without a listener. */
export async function deadUrl(): Promise<string> {
  const receiver = await startReceiver();
  receiver.close();
  return receiver.url;
}
