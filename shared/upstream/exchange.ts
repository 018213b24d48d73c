import type { ClientRequest, IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import type { Socket } from 'node:net';
import type { Connections } from './connections.ts';

/** How one request went. */
export type Exchange = Answered | Broken;

export interface Answered {
  kind: 'answered';
  status: number;
  body: Buffer;
}

export interface Broken {
  kind: 'broken';
  reason: 'connect-timeout' | 'response-timeout' | 'answer-too-large' | 'network';
  /** May a byte of the request have left? */
  sent: boolean;
  /** Was the connection one that had served before? */
  reusedConnection: boolean;
  /** Did any byte of an answer come? */
  answerBegun: boolean;
  cause?: unknown;
}

export interface ExchangeOptions {
  /** For the connection, TLS included. Milliseconds. */
  connectTimeoutMs: number;
  /** From the moment of sending until the answer is complete. Milliseconds. */
  responseTimeoutMs: () => number;
  maxAnswerBytes: number;
  /**
   * Called when the connection stands and nothing is sent yet; gives the headers. When it throws, nothing is sent
   * and the exchange throws the same.
   */
  beforeSend: () => Promise<OutgoingHttpHeaders>;
}

/**
 * Sends one request and reads its answer. Never throws of its own accord: what goes wrong is told with how far it
 * came, because a request that never left may be repeated and one that did may not.
 *
 * The request is held back until its connection stands. Name resolution, connecting and TLS can thus fail without
 * leaving any doubt, and what {@link ExchangeOptions.beforeSend} notes down happens for requests that really go out.
 */
export async function exchange(
  connections: Connections,
  body: Uint8Array,
  options: ExchangeOptions,
): Promise<Exchange> {
  const request = connections.open();
  const failure = new Promise<{ cause: unknown }>((resolve) => {
    request.on('error', (cause) => resolve({ cause }));
  });
  const broken = (facts: Pick<Broken, 'reason' | 'sent' | 'answerBegun' | 'cause'>): Broken => {
    request.destroy();
    return { kind: 'broken', reusedConnection: request.reusedSocket, ...facts };
  };
  const notSent = { sent: false, answerBegun: false };

  const connecting = Promise.race([connected(request, connections), failure]);
  const connection = await within(options.connectTimeoutMs, connecting);
  if (connection === timedOut) return broken({ reason: 'connect-timeout', ...notSent });
  if ('cause' in connection) return broken({ reason: 'network', ...notSent, ...connection });

  const { socket } = connection;
  const headers = await options.beforeSend().catch((error: unknown) => {
    request.destroy();
    throw error;
  });
  // The other side may have hung up while the caller wrote down that it is about to send.
  const hungUp = await Promise.race([failure, undefined]);
  if (hungUp !== undefined || !socket.writable || socket.readableEnded) {
    return broken({ reason: 'network', ...notSent, ...hungUp });
  }

  const readBefore = socket.bytesRead;
  const answering = Promise.race([readAnswer(request, options.maxAnswerBytes), failure]);
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) request.setHeader(name, value);
  request.end(body);
  const answer = await within(options.responseTimeoutMs(), answering);

  const sent = { sent: true, answerBegun: socket.bytesRead > readBefore };
  if (answer === timedOut) return broken({ reason: 'response-timeout', ...sent });
  if (answer === tooLarge) return broken({ reason: 'answer-too-large', ...sent });
  if ('cause' in answer) return broken({ reason: 'network', ...sent, ...answer });
  connections.used(socket);
  return answer;
}

const timedOut = Symbol('timed out');
const tooLarge = Symbol('too large');

function connected(request: ClientRequest, connections: Connections): Promise<{ socket: Socket }> {
  return new Promise((resolve) => {
    request.once('socket', (socket) => {
      if (request.reusedSocket) resolve({ socket });
      else socket.once(connections.readyEvent, () => resolve({ socket }));
    });
  });
}

function readAnswer(
  request: ClientRequest,
  maxBytes: number,
): Promise<Answered | typeof tooLarge | { cause: unknown }> {
  return new Promise((resolve) => {
    request.once('response', (response: IncomingMessage) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        bytes += chunk.byteLength;
        if (bytes > maxBytes) resolve(tooLarge);
      });
      response.on('end', () => {
        resolve({ kind: 'answered', status: response.statusCode ?? 0, body: Buffer.concat(chunks, bytes) });
      });
      // An answer that breaks off ends in an error of the response, not of the request.
      response.on('error', (cause) => resolve({ cause }));
    });
  });
}

async function within<T>(ms: number, work: Promise<T>): Promise<T | typeof timedOut> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<typeof timedOut>((resolve) => {
    timer = setTimeout(() => resolve(timedOut), ms);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
