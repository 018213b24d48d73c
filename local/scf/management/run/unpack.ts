import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ArchivedFile } from '../state/zip-archive.ts';

/** Writes the files of a deployed archive where the function host looks for code: `<root>/<FunctionName>/`. */
export function unpack(
  functionName: string,
  files: readonly ArchivedFile[],
): { root: string; remove(): void } {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'qianma-deployed-')));
  const folder = join(root, functionName);
  mkdirSync(folder);
  for (const { path, bytes, executable } of files) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes, { mode: executable ? 0o755 : 0o644 });
  }
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) };
}
