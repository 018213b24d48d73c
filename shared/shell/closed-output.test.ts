import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { endWhenUnread } from './closed-output.ts';

function output() {
  const exits: number[] = [];
  const signalled = new EventEmitter();
  const on = {
    emit: (signal: string) => signalled.emit(signal),
    exit: (code: number) => void exits.push(code),
  };
  const stream = new EventEmitter();
  // They have the members that are used.
  endWhenUnread(stream as never, on as unknown as NodeJS.Process);
  const close = (code = 'EPIPE') => stream.emit('error', Object.assign(new Error(code), { code }));
  return { exits, signalled, close };
}

it('what serves is closed once, as by a signal, when nobody reads any more', () => {
  const { exits, signalled, close } = output();
  let stops = 0;
  signalled.on('SIGTERM', () => {
    stops += 1;
  });
  close();
  close();
  expect([stops, exits]).toEqual([1, []]);
});

it('whatever else runs ends at once, with nothing to complain of', () => {
  const { exits, close } = output();
  close();
  expect(exits).toEqual([0]);
});

it('another error of the output stays one', () => {
  const { exits, close } = output();
  expect(() => close('ENOSPC')).toThrow('ENOSPC');
  expect(exits).toEqual([]);
});
