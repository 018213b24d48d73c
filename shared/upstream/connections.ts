import * as http from 'node:http';
import type { Socket } from 'node:net';

export interface Connections {
  /** A POST to the endpoint that is not sent yet, on an idle connection or on one that is now being made. */
  open(): http.ClientRequest;
  /** Does an open request have its connection when this event of the socket comes? */
  readonly readyEvent: 'connect' | 'secureConnect';
  /** Says that a connection was in use until now. */
  used(socket: Socket): void;
  /** Says that a connection stands, perhaps a new one. */
  stood(socket: Socket): void;
  /** For how long a connection has been idle, by the wall clock; endless where nothing is known of it. */
  idleMs(socket: Socket): number;
  /** Closes the connections that have been idle for longer than this, and those that are dead. */
  closeIdle(longerThanMs: number): void;
}

/**
 * Keep-alive connections to one endpoint.
 *
 * The agent is made here and reads no environment: neither `HTTP_PROXY` and its like nor
 * `NODE_TLS_REJECT_UNAUTHORIZED` can divert or expose what is sent.
 */
export function createConnections(endpoint: URL, now: () => number): Connections {
  const secure = endpoint.protocol === 'https:';
  // Loaded where it is spoken: a bundle is loaded sooner without it.
  const https = secure ? process.getBuiltinModule('node:https') : undefined;
  const agent =
    https === undefined
      ? new http.Agent({ keepAlive: true })
      : new https.Agent({ keepAlive: true, rejectUnauthorized: true });
  const target: http.RequestOptions = {
    agent,
    method: 'POST',
    path: '/',
    // Node wants IPv6 addresses without their brackets.
    hostname: endpoint.hostname.replace(/^\[|\]$/g, ''),
    ...(endpoint.port !== '' && { port: Number(endpoint.port) }),
  };
  const usedAtMs = new WeakMap<object, number>();

  function idleMs(socket: object): number {
    const ms = now() - (usedAtMs.get(socket) ?? Number.NEGATIVE_INFINITY);
    // Less than zero: the clock was set back, and nothing is known of how long it has been.
    return ms >= 0 ? ms : Number.POSITIVE_INFINITY;
  }

  return {
    readyEvent: secure ? 'secureConnect' : 'connect',
    open: () => (https ?? http).request(target),
    used(socket) {
      usedAtMs.set(socket, now());
    },
    stood(socket) {
      if (!usedAtMs.has(socket)) usedAtMs.set(socket, now());
    },
    idleMs,
    closeIdle(longerThanMs) {
      const idle = Object.values(agent.freeSockets).flatMap((sockets) => sockets ?? []);
      for (const socket of idle) {
        if (idleMs(socket) <= longerThanMs && socket.writable && !socket.readableEnded) continue;
        // Destroying alone would leave the socket in the agent's list until its 'close', ready to be handed out;
        // and the agent only lets go of an idle socket that is no longer writable.
        socket.destroy();
        socket.emit('agentRemove');
      }
    },
  };
}
