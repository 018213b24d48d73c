import { signal } from '@preact/signals';

/** Unix seconds, by the functions' clock where an answer has told it, else by the browser's. */
export const now = signal(Math.floor(Date.now() / 1000));

const everyMs = 20_000;

export function followTime(): void {
  setInterval(() => {
    now.value = Math.floor(Date.now() / 1000);
  }, everyMs);
}
