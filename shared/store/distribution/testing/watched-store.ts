/** What the store sends, from where, and which of the places that send something nobody has been at. */

import { readdirSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Database } from '../../postgres/database.ts';

const store = fileURLToPath(new URL('../..', import.meta.url));

/** No table is named in these, or they are the history of the tables, which `npm run migrate` works through. */
const otherFiles = /^(postgres|wire|migrations)\/|(^|\/)testing\/|\.(test|bench)\.ts$/;

/** What sends a statement is called. A transaction of the register calls it `write`, as nothing else but texts are. */
const sends = /(?<!function )\b(?:query|batch|defer|write)\b(?:<.*>)?\((?!ids\()/;

/** `<file>:<line>`, in the folder of the store. */
export function placesThatSend(): string[] {
  return readdirSync(store, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !otherFiles.test(file))
    .sort()
    .flatMap((file) =>
      readFileSync(`${store}/${file}`, 'utf8')
        .split('\n')
        .flatMap((line, at) => (sends.test(line) ? [`${file}:${at + 1}`] : [])),
    );
}

/** A database that remembers the texts that the store has sent, and all lines of it that were on the way there. */
export function watchedStore(db: Database): { db: Database; texts: Set<string>; places: Set<string> } {
  const texts = new Set<string>();
  const places = new Set<string>();
  const note = (...sent: string[]) => {
    const own = placesOf(new Error('sent').stack ?? '');
    // A test has statements of its own, for what it finds and leaves.
    if (own.length === 0) return;
    for (const place of own) places.add(place);
    for (const text of sent) texts.add(text);
  };
  const watched = (inner: Database): Database => ({
    query(text, ...more) {
      note(text);
      return inner.query(text, ...more);
    },
    defer(text, ...more) {
      note(text);
      return inner.defer(text, ...more);
    },
    batch(statements) {
      note(...statements.map(({ text }) => text));
      return inner.batch(statements);
    },
    transaction: (work) => inner.transaction((tx) => work(watched(tx))),
    close: () => inner.close(),
  });
  return { db: watched(db), texts, places };
}

function placesOf(stack: string): string[] {
  return [...stack.matchAll(/(\/[^\s():]+\.ts):(\d+):\d+/g)]
    .map(([, file = '', line]) => `${relative(store, file)}:${line}`)
    .filter((place) => !place.startsWith('..') && !otherFiles.test(place.replace(/:\d+$/, '')));
}
