import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { type OnOpen, serveUntilStopped } from './serve.ts';
import { recordedShell } from './testing/recorded-shell.ts';

/** A process that can be sent signals, and notes how it was ended. */
class Signalled extends EventEmitter {
  exits: number[] = [];
  exit(code: number): never {
    this.exits.push(code);
    return undefined as never; // the test goes on
  }
}

function serving(open: (onOpen: OnOpen) => Promise<void>) {
  const signalled = new Signalled();
  const shell = recordedShell();
  // It has the three members that are used.
  const ended = serveUntilStopped(open, shell, signalled as unknown as NodeJS.Process);
  return { signalled, shell, ended };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('serveUntilStopped', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('closes in reverse what it has opened on %s', async (signal) => {
    const closed: string[] = [];
    const { signalled, ended } = serving(async (onOpen) => {
      onOpen(() => void closed.push('first'));
      onOpen(async () => void closed.push('second'));
    });
    await turn();
    expect(closed).toEqual([]);
    signalled.emit(signal);
    await ended;
    expect(closed).toEqual(['second', 'first']);
    expect(signalled.listenerCount(signal)).toBe(0);
  });

  it('takes the second signal, which npm sends, for the first one, and a third one for an order', async () => {
    let release = () => {};
    const { signalled, ended } = serving(async (onOpen) => {
      onOpen(
        () =>
          new Promise<void>((resolve) => {
            release = resolve;
          }),
      );
    });
    await turn();
    signalled.emit('SIGINT');
    signalled.emit('SIGINT');
    await turn();
    expect(signalled.exits).toEqual([]);
    signalled.emit('SIGINT');
    expect(signalled.exits).toEqual([1]);
    release();
    await ended;
  });

  it('closes what comes up after the signal, and does not mind that the rest fails', async () => {
    const closed: string[] = [];
    let go = () => {};
    const { signalled, ended, shell } = serving(async (onOpen) => {
      onOpen(() => void closed.push('early'));
      await new Promise<void>((resolve) => {
        go = resolve;
      });
      onOpen(() => void closed.push('late'));
      throw new Error('its foundation is gone');
    });
    signalled.emit('SIGTERM');
    await ended;
    expect(closed).toEqual(['early']);
    go();
    await turn();
    expect(closed).toEqual(['early', 'late']);
    expect(shell.told).toEqual([]);
  });

  it('closes what is open and throws where it cannot be opened', async () => {
    const closed: string[] = [];
    const { ended } = serving(async (onOpen) => {
      onOpen(() => void closed.push('first'));
      throw new Error('the port is in use');
    });
    await expect(ended).rejects.toThrow('the port is in use');
    expect(closed).toEqual(['first']);
  });

  it('tells of a clean-up that fails, and goes on with the others', async () => {
    const closed: string[] = [];
    const { signalled, ended, shell } = serving(async (onOpen) => {
      onOpen(() => void closed.push('first'));
      onOpen(async () => {
        throw new Error('cannot be written');
      });
    });
    await turn();
    signalled.emit('SIGINT');
    await ended;
    expect(closed).toEqual(['first']);
    expect(shell.told).toEqual(['error: Error: cannot be written']);
  });
});
