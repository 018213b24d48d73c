/** Every statement of the store finds its rows by the key of their table, or is listed with a reason. */

import { beforeAll, expect, it } from 'vitest';
import { databaseSuite } from '../testing/database-suite.ts';
import type { DistributedTable } from './distribution-keys.ts';
import { playAccess } from './testing/play-access.ts';
import { playBatches } from './testing/play-batches.ts';
import { playCodes } from './testing/play-codes.ts';
import { playDeliveries } from './testing/play-deliveries.ts';
import { playNotifications } from './testing/play-notifications.ts';
import { playUpkeep } from './testing/play-upkeep.ts';
import { placesThatSend, watchedStore } from './testing/watched-store.ts';
import { unroutedStatements } from './unrouted-statements.ts';
import { unroutedTables } from './unrouted-tables.ts';

const test = databaseSuite();
let texts: readonly string[];
let places: ReadonlySet<string>;

beforeAll(async () => {
  const watched = watchedStore(test.db);
  for (const play of [playNotifications, playCodes, playBatches, playDeliveries, playAccess, playUpkeep])
    await play(watched.db);
  ({ places } = watched);
  texts = [...watched.texts];
});

it('no place of the store that sends a statement is left out', () => {
  const all = placesThatSend();
  expect(all.length).toBeGreaterThan(100);
  expect(all.filter((place) => !places.has(place))).toEqual([]);
});

const concerns = ({ tables }: (typeof unroutedStatements)[number], table: DistributedTable) =>
  tables === 'all' || tables.includes(table);

it('each finds its rows by the key of the table, or is listed with a reason', () => {
  const unlisted = texts.flatMap((text) =>
    unroutedTables(text)
      .filter((table) => !unroutedStatements.some((one) => concerns(one, table) && one.has.test(text)))
      .map((table) => `${table}: ${text}`),
  );
  expect(unlisted).toEqual([]);
});

it('the list has no entry of which there is no statement', () => {
  const unused = unroutedStatements.filter(
    (one) =>
      !texts.some((text) => one.has.test(text) && unroutedTables(text).some((table) => concerns(one, table))),
  );
  expect(unused.map(({ reason }) => reason)).toEqual([]);
});
