import type { Writable } from 'node:stream';

/**
 * Ends the process when nobody reads any more what it prints, as `| head` does: what serves is closed as by a signal,
 * and whatever else runs ends at once, with 0. Without this the end of a pipe is an error that nobody has caught.
 */
export function endWhenUnread(
  output: Pick<Writable, 'on'>,
  on: Pick<NodeJS.Process, 'emit' | 'exit'> = process,
): void {
  let isOver = false;
  output.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    // Each line that is printed until the end fails in the same way.
    if (isOver) return;
    isOver = true;
    if (!on.emit('SIGTERM', 'SIGTERM')) on.exit(0);
  });
}
