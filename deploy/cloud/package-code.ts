import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Zippable, zipSync } from 'fflate';

/** The code of a function as it is uploaded. */
export interface CodePackage {
  zip: Uint8Array;
  /** Of the zip, in hexadecimal. */
  sha256: string;
}

/**
 * Packs a folder, without its source maps. The same files give the same bytes, wherever and whenever: names in
 * order, one time stamp, one mode. A zip holds local time, so the stamp is built from local time too.
 */
export function packageCode(folder: string): CodePackage {
  const names = readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.map'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
  const mtime = new Date(1980, 0, 1);
  const files: Zippable = {};
  for (const name of names) {
    // Made on Unix, rw-r--r--.
    files[name] = [readFileSync(join(folder, name)), { level: 9, mtime, os: 3, attrs: 0o100644 << 16 }];
  }
  const zip = zipSync(files);
  return { zip, sha256: createHash('sha256').update(zip).digest('hex') };
}
