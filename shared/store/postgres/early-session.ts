import type { Socket } from 'node:net';
import { within } from '../../world.ts';
import { openWireSession, type WireSession } from '../wire/wire-session.ts';
import type { DatabaseAddress } from './database-url.ts';

/** A session that is opened before it is asked for: while the code of an instance is still being loaded. */
export interface EarlySession {
  readonly address: DatabaseAddress;
  /**
   * The session, and since when it is there, to one caller.
   *
   * @returns undefined: it was taken, could not be opened, or is not there within this time; a later one says why
   */
  take(timeoutMs: number): Promise<OpenedEarly | undefined>;
}

interface OpenedEarly {
  session: WireSession;
  /** Epoch milliseconds. */
  openedAtMs: number;
}

/** Nobody waits for it yet: until it is taken it keeps no process alive. */
export function openEarlySession(address: DatabaseAddress, timeoutMs: number): EarlySession {
  const sockets: Socket[] = [];
  const opening: Promise<OpenedEarly | undefined> = openWireSession(address, timeoutMs, (socket) => {
    sockets.push(socket);
    socket.unref();
  }).then(
    (session) => ({ session, openedAtMs: Date.now() }),
    () => undefined,
  );
  let taken = false;

  return {
    address,
    async take(waitMs) {
      if (taken) return undefined;
      taken = true;
      for (const socket of sockets) socket.ref();
      const late = () => {
        for (const socket of sockets) socket.destroy();
        return undefined;
      };
      return within(waitMs, opening, late);
    },
  };
}
