/**
 * The one address of a pair of servers, which leads to whichever of them is the primary: what a virtual address, or the
 * proxy of a host, is to the functions.
 */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/**
 * How the address behaves from the death of a primary until it leads to the next: connections end and nobody is let in;
 * nothing is ever said again, as when a machine loses its power; or it leads to the standby before that takes writes.
 */
export const silences = ['connections end', 'nothing is said', 'the standby answers'] as const;
export type Silence = (typeof silences)[number];

export interface Address {
  port: number;
  leadTo(port: number): void;
  /** To be called before the primary is killed. @param standby its port */
  lose(how: Silence, standby: number): void;
  close(): Promise<void>;
}

/** A connection of a client. */
interface Held {
  near: Socket;
  /** Nobody is at its other end any more, and nobody has said so. */
  isForgotten: boolean;
  /** The client has said something since the server last did. */
  waits: boolean;
}

export async function openAddress(first: number): Promise<Address> {
  let target: number | undefined = first;
  let isSilent = false;
  const held = new Set<Held>();

  function join(one: Held, port: number): void {
    const { near } = one;
    const far = connect({ port, host: '127.0.0.1', noDelay: true });
    near.on('data', (bytes) => {
      one.waits = true;
      // Who speaks to a machine that knows nothing of the connection hears that.
      if (one.isForgotten && !isSilent) near.destroy();
      else if (!one.isForgotten) far.write(bytes);
    });
    far.on('data', (bytes) => {
      one.waits = false;
      if (!one.isForgotten) near.write(bytes);
    });
    far.on('error', () => undefined);
    far.on('close', () => {
      if (isSilent) one.isForgotten = true;
      if (!one.isForgotten) near.destroy();
    });
    near.on('close', () => far.destroy());
  }

  const server = createServer({ noDelay: true }, (near) => {
    const one: Held = { near, isForgotten: false, waits: false };
    held.add(one);
    near.on('error', () => undefined);
    near.on('close', () => held.delete(one));
    if (target !== undefined) join(one, target);
    else if (!isSilent) near.destroy();
    else {
      one.isForgotten = true;
      near.on('data', () => {
        one.waits = true;
        if (!isSilent) near.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    // A TCP server that listens has an address of this form.
    port: (server.address() as AddressInfo).port,
    leadTo(port) {
      target = port;
      isSilent = false;
      // A sender repeats what was not acknowledged, and the new machine answers that it knows of no such connection.
      for (const { near, isForgotten, waits } of held) if (isForgotten && waits) near.destroy();
    },
    lose(how, standby) {
      target = how === 'the standby answers' ? standby : undefined;
      isSilent = how === 'nothing is said';
    },
    async close() {
      server.close();
      for (const { near } of held) near.destroy();
      await once(server, 'close');
    },
  };
}
