import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Of `initdb`: a log in segments of 1 MB, not of 16. Of all that is copied for each new database that is a quarter less. */
const parameters = ['--wal-segsize=1'];

/**
 * A data directory as `initdb` leaves it, as a tar for `loadDataDir` of PGlite. `initdb` runs in WASM and takes three
 * seconds and 800 MiB; so its result is kept beside the installed packages, where a new version of PGlite starts anew.
 * `npm run build` and `npm start` make it while they build.
 */
export async function seed(): Promise<Blob> {
  const file = await seedFile();
  const kept = await readFile(file).catch(() => undefined);
  const { buffer, byteOffset, byteLength } = kept ?? (await makeSeed(file));
  const tar = byteLength === buffer.byteLength ? buffer : buffer.slice(byteOffset, byteOffset + byteLength);
  // PGlite takes a `Blob` and asks for all of its bytes at once: one that has them would be read piece by piece.
  return Object.assign(new Blob([]), { arrayBuffer: async () => tar });
}

async function seedFile(): Promise<string> {
  const module = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const folder = 'node_modules';
  const packages = module.slice(0, module.lastIndexOf(folder) + folder.length);
  const manifest = await readFile(join(packages, '@electric-sql', 'pglite', 'package.json'));
  const version = createHash('sha256').update(manifest).update(parameters.join()).digest('hex').slice(0, 16);
  return join(packages, '.cache', 'pglite-seed', `${version}.tar`);
}

async function makeSeed(file: string): Promise<Buffer<ArrayBuffer>> {
  const { openPglite } = await import('./open-pglite.ts');
  const fresh = await openPglite({ initDbStartParams: parameters });
  const tar = Buffer.from(await (await fresh.dumpDataDir('none')).arrayBuffer());
  await fresh.close();
  await mkdir(join(file, '..'), { recursive: true });
  // Several processes may come here at once: each writes its own file, and the last rename wins.
  const own = `${file}.${process.pid}`;
  await writeFile(own, tar);
  await rename(own, file);
  return tar;
}
