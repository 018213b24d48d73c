import { rename, writeFile } from 'node:fs/promises';
import { Failure } from '../../shared/errors.ts';
import { readOptionalFile } from '../../shared/shell/text-file.ts';
import { inBoth } from '../../shared/text.ts';
import type { Clock } from '../clock/clock.ts';
import type { Emulator } from '../essbasic/emulator.ts';

export interface KeptState {
  /** Something may have changed: it is written down soon. */
  changed(): void;
  /** Writes the last of it. */
  close(): Promise<void>;
}

/** Several requests in a row are written once. A kill loses at most this much. */
const delayMs = 200;

/**
 * Gives the emulator a memory: what it knew when the last run ended, it knows again.
 *
 * Without it a register that outlives a restart would be full of codes that upstream has never heard of. Throws
 * `Misconfigured` where the file is no snapshot.
 */
export async function keepEmulatorState(emulator: Emulator, file: string, clock: Clock): Promise<KeptState> {
  await restore(emulator, file);
  let cancel: (() => void) | undefined;
  let writing = Promise.resolve();

  function write(): Promise<void> {
    cancel = undefined;
    // One after the other, each whole: half a snapshot cannot be read again.
    writing = writing.then(async () => {
      const next = `${file}.next`;
      await writeFile(next, JSON.stringify(emulator.snapshot()), { mode: 0o600 });
      await rename(next, file);
    });
    return writing;
  }

  return {
    changed() {
      // The close reports what cannot be written.
      cancel ??= clock.after(delayMs, () => void write().catch(() => {}));
    },
    async close() {
      cancel?.();
      await write();
    },
  };
}

async function restore(emulator: Emulator, file: string): Promise<void> {
  const text = await readOptionalFile(file);
  if (text === undefined) return;
  try {
    emulator.restore(JSON.parse(text));
  } catch (cause) {
    const why = inBoth((language) =>
      cause instanceof Failure ? cause.sentence(language) : noJson[language],
    );
    const detail = {
      zh: `无法读取模拟器的记忆 ${file}（${why.zh}）；删除它即可重新开始`,
      en: `the emulator's memory in ${file} cannot be read (${why.en}); delete it to start afresh`,
    };
    throw new Failure('Misconfigured', { detail, cause });
  }
}

const noJson = { zh: '不是 JSON', en: 'it is no JSON' };
