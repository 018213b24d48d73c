import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Product } from './follow-document.ts';

/** What `npm start` prints until it is ready, and what a reader of the documents needs of it. */
export async function readStart(output: Readable): Promise<Product> {
  const lines: string[] = [];
  for await (const line of createInterface(output)) {
    lines.push(line);
    if (line.startsWith('ready')) break;
  }
  // What it prints from now on must not fill the pipe.
  output.resume();
  const ready = lines.at(-1) ?? '';
  const [functions, emulator] = ready.match(/(?<=http:\/\/)[\w.]+:\d+/g) ?? [];
  const [database] = ready.match(/(?<=postgresql:\/\/postgres@)[\w.]+:\d+/) ?? [];
  if (functions === undefined || emulator === undefined || database === undefined)
    throw new Error(`npm start is not ready: ${lines.join('\n')}`);
  return {
    addresses: {
      '127.0.0.1:9000': functions,
      '127.0.0.1:9300': emulator,
      // Any port, in the documents as here.
      '127.0.0.1:34803': database,
    },
    printed: lines.join('\n'),
    apiKey: lines.flatMap((line) => /API_KEY=(\S+)/.exec(line)?.[1] ?? []).at(-1) ?? '',
    async settle() {
      // Answers when every notification that is due has been posted.
      await fetch(`http://${emulator}/_emulator/callbacks`, { method: 'POST', body: '{"deliver":true}' });
    },
  };
}
