import { afterEach, beforeEach } from 'vitest';
import type { TestDatabase } from '../../store/testing/database.ts';
import { databaseSuite } from '../../store/testing/database-suite.ts';
import { type Receiver, startReceiver } from './receiver.ts';
import { createWorld, type World } from './world.ts';

/** A new world and a new receiver for each test of a file, on one database. */
export function deliverySuite() {
  const test = databaseSuite();
  const world: World = Object.create(null); // filled before each test
  const suite: { test: TestDatabase; world: World; receiver: Receiver } = Object.assign(Object.create(null), {
    test,
    world,
  });
  beforeEach(async () => {
    Object.assign(world, createWorld(test.db));
    await world.forgetEverything();
    suite.receiver = await startReceiver();
  });
  afterEach(() => suite.receiver.close());
  return suite;
}
