import { afterAll, beforeAll } from 'vitest';
import { type TestDatabase, testDatabase } from './database.ts';

/** A database for the tests of a file. */
export function databaseSuite(options?: Parameters<typeof testDatabase>[0]): TestDatabase {
  const test: TestDatabase = Object.create(null); // filled before the first test
  beforeAll(async () => void Object.assign(test, await testDatabase(options)));
  afterAll(() => test.dispose());
  return test;
}
