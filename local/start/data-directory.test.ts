import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDataDirectory } from './data-directory.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'qianma-data-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** A process of this machine that is not us and does not end before we do: our parent. */
const living = process.ppid;
const startOf = async (pid: number) => {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return status.slice(status.lastIndexOf(')') + 2).split(' ')[19] ?? '';
};

describe('openDataDirectory', () => {
  it('makes the directory, and lets the next one in after release', async () => {
    const path = join(root, 'new', 'data');
    for (let round = 0; round < 2; round += 1) {
      const directory = await openDataDirectory(path);
      expect(await readdir(path)).toEqual(['lock']);
      await directory.release();
      expect(await readdir(path)).toEqual([]);
    }
  });

  it('refuses a directory that another process has', async () => {
    await writeFile(join(root, 'lock'), `${living} ${await startOf(living)}`);
    await expect(openDataDirectory(root)).rejects.toThrow(
      `Misconfigured: DATA_DIR ${root} is in use by process ${living}`,
    );
    expect(await readFile(join(root, 'lock'), 'utf8')).toContain(String(living));
  });

  it.each([
    ['of a process that is gone', '4194303 1'],
    ['of another process that has had the number', `${living} 1`],
    ['of a predecessor with our own number', `${process.pid} 1`],
    ['that was never written', ''],
    ['that names no process', '0 '],
  ])('takes over a lock %s', async (_, content) => {
    await writeFile(join(root, 'lock'), content);
    const directory = await openDataDirectory(root);
    expect(await readFile(join(root, 'lock'), 'utf8')).toMatch(new RegExp(`^${process.pid} `));
    expect(await readdir(root)).toEqual(['lock']);
    await directory.release();
  });

  it('says in one line that a path cannot be a directory', async () => {
    await writeFile(join(root, 'file'), '');
    await expect(openDataDirectory(join(root, 'file', 'below'))).rejects.toThrow(
      /^Misconfigured: DATA_DIR \S+ cannot be written \(ENOTDIR\)$/,
    );
  });

  it('says in one line that a directory cannot be written', async () => {
    const path = join(root, 'closed');
    await mkdir(path);
    await chmod(path, 0o500);
    const opened = openDataDirectory(path);
    // Root may write everywhere.
    if (process.getuid?.() === 0) await (await opened).release();
    else await expect(opened).rejects.toThrow(/^Misconfigured: DATA_DIR \S+ cannot be written \(EACCES\)$/);
  });
});
