import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where the code of the functions lies while they run. */
export interface CodePackages {
  folderOf(functionName: string): string;
  remove(): void;
}

/**
 * Unpacks each function's code into a folder of its own outside the repository, as the platform unpacks it into
 * `/var/user`.
 *
 * Run where it was built, a bundle would find the repository's packages, and the repository's `package.json` would
 * make an ES module of it; neither is there in the cloud. A later build does not change what runs.
 */
export function unpackCode(codeRoot: string, functionNames: readonly string[]): CodePackages {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'qianma-functions-')));
  const folderOf = (functionName: string) => join(root, functionName);
  for (const name of functionNames) {
    const folder = folderOf(name);
    try {
      cpSync(join(codeRoot, name), folder, { recursive: true, filter: (path) => !path.endsWith('.map') });
    } catch (error) {
      // A function without code is deployed here too, and answers as such.
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
      mkdirSync(folder);
    }
  }
  return { folderOf, remove: () => rmSync(root, { recursive: true, force: true }) };
}
