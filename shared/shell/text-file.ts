import { readFile } from 'node:fs/promises';

/** The text of a file. @throws what the system throws, with the path, which it leaves out for a folder */
export async function readTextFile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw error instanceof Error ? Object.assign(error, { path }) : error;
  }
}

/** The text of a file; undefined where there is none. @throws what {@link readTextFile} throws where it cannot be read */
export async function readOptionalFile(path: string): Promise<string | undefined> {
  try {
    return await readTextFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
