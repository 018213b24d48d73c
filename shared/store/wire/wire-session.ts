import type { Socket } from 'node:net';
import type { DatabaseAddress } from '../postgres/database-url.ts';
import { createAuthentication } from './authenticate.ts';
import { createFlights, type Flights } from './flights.ts';
import { openSocket } from './open-socket.ts';
import { startup } from './requests.ts';
import { BodyReader, createMessageReader, ServerError } from './responses.ts';

/** A session of a server, authenticated. */
export interface WireSession extends Flights {
  /** Of the server's process, as the server gave it at the start; null where it gave none. */
  readonly processId: number | null;
}

/**
 * @param timeoutMs until the session is there, password and all
 * @param onSocket gets each of its sockets as soon as it is there
 * @throws ServerError when the server refuses, Error of the network, of TLS or of what is proven
 */
export async function openWireSession(
  address: DatabaseAddress,
  timeoutMs: number,
  onSocket?: (socket: Socket) => void,
): Promise<WireSession> {
  const sockets: Socket[] = [];
  const destroy = (error?: Error) => {
    for (const socket of sockets.toReversed()) socket.destroy(error);
  };
  const timer = setTimeout(() => destroy(new Error('timeout expired')), timeoutMs);
  try {
    const { socket, certificate } = await openSocket(address, (opened) => {
      sockets.push(opened);
      onSocket?.(opened);
      // One without a listener ends the process; whoever waits hears of it by itself.
      opened.on('error', () => {});
    });
    const processId = await start(socket, address, certificate);
    return { processId, ...createFlights(socket) };
  } catch (error) {
    destroy();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** What a server says at the start is short; what speaks another protocol may seem to begin something long. Bytes. */
const longestOfStart = 65_536;

/** Until the server is ready for the first statement. @returns the number of its process */
function start(socket: Socket, address: DatabaseAddress, certificate: Buffer | undefined) {
  // As libpq has it: who does not say is who they are on this machine, in the database of that name.
  const { user = process.env['PGUSER'] ?? process.env['USER'] ?? '', password, channelBinding } = address;
  const authentication = createAuthentication({ user, password, channelBinding, certificate });

  return new Promise<number | null>((resolve, reject) => {
    let processId: number | null = null;
    /** An answer takes time: what comes after what is answered waits for it. */
    let answered: Promise<unknown> = Promise.resolve();

    const take = createMessageReader((type, body) => {
      switch (type) {
        case 'R': {
          answered = answered
            .then(() => authentication.answer(body))
            .then((bytes) => bytes && socket.write(bytes));
          answered.catch(fail);
          break;
        }
        case 'K':
          processId = new BodyReader(body).int32();
          break;
        case 'E':
          fail(new ServerError(body));
          break;
        case 'Z':
          answered.then(done, () => {});
          break;
        // Parameters of the session, notices, and versions of the protocol that nobody has asked for.
        case 'S':
        case 'N':
        case 'v':
          break;
        default:
          fail(new Error('what answers does not speak the protocol of PostgreSQL'));
      }
    }, longestOfStart);
    function heard(chunk: Buffer): void {
      try {
        take(chunk);
      } catch (error) {
        fail(error);
      }
    }
    function ignore(): void {
      socket.off('data', heard).off('error', fail).off('close', closed);
    }
    function done(): void {
      ignore();
      if (authentication.isOver()) resolve(processId);
      else reject(new Error('Authentication: the server has left it out'));
    }
    function fail(error: unknown): void {
      ignore();
      reject(error);
    }
    const closed = () => fail(new Error('The server has closed the connection'));
    socket.on('data', heard).on('error', fail).on('close', closed);
    socket.write(startup(settingsOf(address, user)));
  });
}

function settingsOf(
  { database, applicationName, options }: DatabaseAddress,
  user: string,
): Record<string, string> {
  return {
    user,
    database: database ?? user,
    application_name: applicationName,
    ...(options !== undefined && { options }),
    client_encoding: 'UTF8',
  };
}
