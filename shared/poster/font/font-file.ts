import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Font, openFont } from '../font.ts';

let opened: Font | undefined;

/**
 * The typeface of posters: Noto Sans SC, weight 500, under the SIL Open Font License (`OFL.txt`); `.ci/make-font.mjs` says
 * where it comes from. It is beside this module, and beside the bundle of a function, for which `esbuild.config.mjs` puts
 * it there.
 */
export function posterFont(): Font {
  opened ??= openFont(readFileSync(join(import.meta.dirname, 'noto-sans-sc-500.ttf')));
  return opened;
}
