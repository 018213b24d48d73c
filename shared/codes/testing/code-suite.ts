import { beforeEach } from 'vitest';
import { databaseSuite } from '../../store/testing/database-suite.ts';
import { createWorld, type World } from './world.ts';

/** A new world for each test of a file, on one database. */
export function codeSuite() {
  const test = databaseSuite();
  const world: World = Object.create(null); // filled before each test
  beforeEach(async () => {
    Object.assign(world, createWorld(test.db));
    await world.forgetEverything();
  });
  return { test, world };
}
