import { setFlagsFromString } from 'node:v8';
import { PGlite, type PGliteOptions } from '@electric-sql/pglite';

/** V8's second compiler of WASM, at once for everything or by and by for what is used most. */
const secondCompiler = ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering'];

/**
 * Memory for pages, which PostgreSQL fills with zeros when it starts: of the 128 MB that it takes by itself, that is a
 * third of a second and 100 MB of the process. What is not kept there is read from the file system in between.
 */
const pages = ['-c', 'shared_buffers=32MB'];

/**
 * Opens PGlite, compiled by V8's first compiler alone. What the second one compiles is hardly faster here, and the
 * compiling takes a second of the processor and more in each process: of 3,000 statements it doubles the cost, and
 * after 18,000 it has not won it back (Node 20, PGlite 0.5.14).
 */
export function openPglite(options: PGliteOptions = {}): Promise<PGlite> {
  // They are read when a module is compiled: nothing that is running changes.
  for (const flag of secondCompiler) setFlagsFromString(flag);
  return PGlite.create({ startParams: [...PGlite.defaultStartParams, ...pages], ...options });
}
