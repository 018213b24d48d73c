import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { buildInstance, type StartedManagement, startManagement } from './management.test.kit.ts';

/** A stand-in for each test of a file that calls `start`; what it logs as a defect of its own fails the test. */
export function managementSuite() {
  let instance: Awaited<ReturnType<typeof buildInstance>>;
  const started: StartedManagement = Object.create(null); // filled by `start`
  beforeAll(async () => {
    instance = await buildInstance();
  });
  afterAll(() => instance.remove());
  afterEach(async () => {
    await started.management.close();
    expect(started.lines.filter((line) => line.startsWith('defect'))).toEqual([]);
  });
  async function start(options: Parameters<typeof startManagement>[0] = {}): Promise<void> {
    Object.assign(started, await startManagement({ instanceModule: instance.instanceModule, ...options }));
  }
  return { started, start };
}
