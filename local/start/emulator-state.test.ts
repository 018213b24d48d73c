import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createManualClock } from '../clock/manual-clock.test.kit.ts';
import { createEmulator } from '../essbasic/create-emulator.ts';
import { keepEmulatorState } from './emulator-state.ts';

let directory: string;
let file: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'qianma-emulator-'));
  file = join(directory, 'emulator.json');
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const quotaOf = (emulator: ReturnType<typeof createEmulator>) => emulator.organisations.list()[0]?.quota;

function withQuota(quota: number) {
  const emulator = createEmulator();
  const [organisation] = emulator.organisations.list();
  if (organisation === undefined) throw new Error('the emulator has no seeds');
  emulator.organisations.setQuota(organisation, quota);
  return emulator;
}

describe('keepEmulatorState', () => {
  it('starts from the seeds where nothing has been kept', async () => {
    const emulator = createEmulator();
    const seeded = quotaOf(emulator);
    await keepEmulatorState(emulator, file, createManualClock());
    expect(quotaOf(emulator)).toBe(seeded);
  });

  it('knows after a restart what it knew when it was closed', async () => {
    await (await keepEmulatorState(withQuota(7), file, createManualClock())).close();
    const next = createEmulator();
    await keepEmulatorState(next, file, createManualClock());
    expect(quotaOf(next)).toBe(7);
  });

  it('writes once for several changes in a row, and not before they have ended', async () => {
    const clock = createManualClock();
    const state = await keepEmulatorState(withQuota(7), file, clock);
    state.changed();
    state.changed();
    expect(clock.pending()).toBe(1);
    await expect(readFile(file)).rejects.toThrow('ENOENT');
    clock.advance(200);
    expect(clock.pending()).toBe(0);
    await state.close();
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ version: 1 });
  });

  it('does not take a file that cannot be read for none', async () => {
    await mkdir(file);
    await expect(keepEmulatorState(createEmulator(), file, createManualClock())).rejects.toThrow('EISDIR');
  });

  it.each([
    ['no JSON', '{"version":'],
    ['no snapshot', '{"version":2}'],
  ])('refuses a file that is %s, in one line', async (_, content) => {
    await writeFile(file, content);
    await expect(keepEmulatorState(createEmulator(), file, createManualClock())).rejects.toThrow(
      /^Misconfigured: the emulator's memory in \S+ cannot be read \([^\n]+\); delete it to start afresh$/,
    );
  });
});
