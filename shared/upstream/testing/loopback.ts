import { once } from 'node:events';
import * as http from 'node:http';
import * as https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { ChannelCancelMultiFlowSignQRCode } from '../../essbasic/ChannelCancelMultiFlowSignQRCode.ts';
import { ChannelCreateMultiFlowSignQRCode } from '../../essbasic/ChannelCreateMultiFlowSignQRCode.ts';

export interface Received {
  headers: http.IncomingHttpHeaders;
  body: Buffer;
  method: string | undefined;
  url: string | undefined;
  socket: Socket;
}

type Answer = (response: http.ServerResponse, received: Received) => void;

export const create = ChannelCreateMultiFlowSignQRCode;
export const cancel = ChannelCancelMultiFlowSignQRCode;
export const created = {
  Response: {
    QrCode: {
      QrCodeId: 'yDwJNUUckpkoj0mdUIJN2kC3XWFFaSuR',
      QrCodeUrl: 'https://example.com/q.png',
      ExpiredTime: 1,
    },
    SignUrls: { AppSignUrl: 'pages/guide', EffectiveTime: '', HttpSignUrl: 'https://example.com/s' },
    RequestId: 's1695178926924585393',
  },
};
export const cancelled = { Response: { RequestId: 's1695178926924585394' } };
export const refused = (Code: string, Message = 'No.') => ({
  Response: { Error: { Code, Message }, RequestId: 's1695178926924585395' },
});

/** Answers with this JSON, or with this text as it stands. */
export const say =
  (answer: unknown, status = 200): Answer =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(typeof answer === 'string' ? answer : JSON.stringify(answer));
  };

/** Reads the request and closes the connection instead of answering. */
export const hangUp: Answer = (_, { socket }) => socket.destroy();
export const stayQuiet: Answer = () => {};

/**
 * A server on this machine that gives these answers, one per request, the last one again and again. It is closed
 * when the test ends.
 */
export async function serve(answers: readonly Answer[], tls?: { key: string; cert: string }) {
  const received: Received[] = [];
  const connections: Socket[] = [];
  const listener = async (request: http.IncomingMessage, response: http.ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { headers, method, url, socket } = request;
    const one = { headers, method, url, socket, body: Buffer.concat(chunks) };
    received.push(one);
    (answers[received.length - 1] ?? answers.at(-1))?.(response, one);
  };
  const onRequest = (request: http.IncomingMessage, response: http.ServerResponse) => {
    listener(request, response).catch(() => response.destroy());
  };
  const server = tls ? https.createServer(tls, onRequest) : http.createServer(onRequest);
  server.keepAliveTimeout = 0;
  server.on(tls ? 'secureConnection' : 'connection', (socket: Socket) => {
    connections.push(socket);
    socket.on('error', () => {});
  });
  server.on('tlsClientError', () => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    endpoint: `${tls ? 'https' : 'http'}://127.0.0.1:${portOf(server)}`,
    received,
    connections,
    /** From now on it does not listen; connections that stand go on. */ stop: () => void server.close(),
  };
}

export function portOf(server: { address(): AddressInfo | string | null }): number {
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new TypeError('The server does not listen on a port');
  return address.port;
}

/** An address without a listener. */
export async function deadEndpoint(): Promise<string> {
  const server = http.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `http://127.0.0.1:${portOf(server)}`;
  server.close();
  await once(server, 'close');
  return endpoint;
}
