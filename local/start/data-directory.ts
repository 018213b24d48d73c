import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../shared/errors.ts';

export interface DataDirectory {
  readonly path: string;
  /** Lets the next process in. */
  release(): Promise<void>;
}

/**
 * Makes a directory this process's own, with a lock file that names the process.
 *
 * Throws `Misconfigured` where another process has it or where it cannot be written. The lock of a process that
 * is gone does not count.
 */
export async function openDataDirectory(path: string): Promise<DataDirectory> {
  const lock = join(path, 'lock');
  const own = await describeProcess(process.pid);
  try {
    await mkdir(path, { recursive: true });
    await takeLock(lock, own, path);
  } catch (error) {
    if (error instanceof Failure || !(error instanceof Error && 'code' in error)) throw error;
    const detail = {
      zh: `DATA_DIR ${path} 无法写入（${error.code}）`,
      en: `DATA_DIR ${path} cannot be written (${error.code})`,
    };
    throw new Failure('Misconfigured', { detail, cause: error });
  }
  return { path, release: () => rm(lock, { force: true }) };
}

async function takeLock(lock: string, own: string, path: string): Promise<void> {
  if (await createLock(lock, own)) return;
  const found = await readFile(lock, 'utf8').catch(() => '');
  const pid = Number.parseInt(found, 10);
  // Our own number is that of a predecessor: in a container, every start may get the same one.
  const isHeld = pid !== process.pid && found !== '' && (await describeProcess(pid)) === found;
  if (isHeld) {
    const detail = {
      zh: `DATA_DIR ${path} 正被进程 ${pid} 使用：请结束它，或将 DATA_DIR 设为其他文件夹`,
      en: `DATA_DIR ${path} is in use by process ${pid}: end it, or set DATA_DIR to another folder`,
    };
    throw new Failure('Misconfigured', { detail });
  }
  // Moved away rather than deleted: of two processes that find the same stale lock, one moves it, and the other
  // sees that what it has moved is not what it had read.
  const aside = `${lock}.${process.pid}`;
  await rename(lock, aside).catch(() => {});
  const moved = await readFile(aside, 'utf8').catch(() => found);
  if (moved !== found) await rename(aside, lock);
  else await rm(aside, { force: true });
  if (await createLock(lock, own)) return;
  const detail = {
    zh: `DATA_DIR ${path} 刚被另一进程占用`,
    en: `DATA_DIR ${path} has just been taken by another process`,
  };
  throw new Failure('Misconfigured', { detail });
}

/** Whether there was none. */
async function createLock(lock: string, own: string): Promise<boolean> {
  try {
    await writeFile(lock, own, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * A process's number and, where the system shows it, its start in ticks since boot: numbers are used again.
 * Empty where there is no such process.
 */
async function describeProcess(pid: number): Promise<string> {
  // 0 and below address groups of processes.
  if (!(pid > 0)) return '';
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it exists and belongs to another user.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return '';
  }
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The second field, the name in parentheses, may hold anything; the 22nd is the start.
  const startTicks = status.slice(status.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  return `${pid} ${startTicks}`;
}
