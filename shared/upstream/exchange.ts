import type { ClientRequest, IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import type { Socket } from 'node:net';
import { within } from '../world.ts';
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
  /** Did a connection stand before it broke? */
  hadStood: boolean;
  /** May a byte of the request have left? */
  sent: boolean;
  /** Was the connection one that had served before? */
  reusedConnection: boolean;
  /** Did any byte of an answer come? */
  answerBegun: boolean;
  /** As much of the body of an answer as came. */
  partialBody: Buffer;
  cause?: unknown;
}

interface SendOptions {
  /** Until the answer is complete. Milliseconds. */
  responseTimeoutMs: number;
  maxAnswerBytes: number;
  /** A connection that was idle for longer is not sent on: it counts as broken before sending. Milliseconds. */
  idleForMs: number;
}

/**
 * A request that is held back on its connection. Name resolution, connecting and TLS can thus fail without leaving any
 * doubt, and what the caller notes down before sending happens for requests that really go out.
 */
export interface Line {
  /** Why no connection came about; undefined: it stands, or stood. */
  readonly broken: Broken | undefined;
  /**
   * Sends the request and reads its answer, once. Never throws of its own accord: a failure says how far
   * the request came, because a request that never left may be repeated and one that did may not.
   */
  send(headers: OutgoingHttpHeaders, body: Uint8Array, options: SendOptions): Promise<Exchange>;
  /** Gives up a request that was not sent. */
  close(): void;
}

/** Opens a request on an idle connection, or on a new one. Resolves when its connection stands, or cannot. */
export async function openLine(connections: Connections, timeoutMs: number): Promise<Line> {
  const request = connections.open();
  const failure = new Promise<{ cause: unknown }>((resolve) => {
    request.on('error', (cause) => resolve({ cause }));
  });
  const chunks: Buffer[] = [];
  let sending = false;
  const notSent = { sent: false, answerBegun: false };

  const brokenBy = (
    facts: Pick<Broken, 'reason' | 'hadStood' | 'sent' | 'answerBegun' | 'cause'>,
  ): Broken => {
    request.destroy();
    const partialBody = Buffer.concat(chunks);
    return { kind: 'broken', reusedConnection: request.reusedSocket, partialBody, ...facts };
  };

  const connecting = Promise.race([connected(request, connections), failure]);
  const connection = await within(timeoutMs, connecting, late);
  if (connection === timedOut || 'cause' in connection) {
    const reason = connection === timedOut ? 'connect-timeout' : 'network';
    const cause = connection === timedOut ? {} : connection;
    const broken = brokenBy({ reason, hadStood: false, ...notSent, ...cause });
    return { broken, send: async () => broken, close: () => {} };
  }
  const { socket } = connection;
  connections.stood(socket);

  async function send(
    headers: OutgoingHttpHeaders,
    body: Uint8Array,
    options: SendOptions,
  ): Promise<Exchange> {
    // The other side may have hung up while the caller waited for its turn and wrote down that it is about to send.
    const hungUp = await Promise.race([failure, undefined]);
    const isUsable =
      socket.writable && !socket.readableEnded && connections.idleMs(socket) <= options.idleForMs;
    if (hungUp !== undefined || !isUsable) {
      return brokenBy({ reason: 'network', hadStood: true, ...notSent, ...hungUp });
    }
    sending = true;
    const readBefore = socket.bytesRead;
    const answering = Promise.race([readAnswer(request, chunks, options.maxAnswerBytes), failure]);
    for (const [name, value] of Object.entries(headers))
      if (value !== undefined) request.setHeader(name, value);
    request.end(body);
    const answer = await within(options.responseTimeoutMs, answering, late);

    const sent = { hadStood: true, sent: true, answerBegun: socket.bytesRead > readBefore };
    if (answer === timedOut) return brokenBy({ reason: 'response-timeout', ...sent });
    if (answer === tooLarge) return brokenBy({ reason: 'answer-too-large', ...sent });
    if ('cause' in answer) return brokenBy({ reason: 'network', ...sent, ...answer });
    connections.used(socket);
    return answer;
  }

  return {
    broken: undefined,
    send,
    close: () => {
      if (!sending) request.destroy();
    },
  };
}

const timedOut = Symbol('timed out');
const late = (): typeof timedOut => timedOut;
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
  chunks: Buffer[],
  maxBytes: number,
): Promise<Answered | typeof tooLarge | { cause: unknown }> {
  return new Promise((resolve) => {
    request.once('response', (response: IncomingMessage) => {
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
