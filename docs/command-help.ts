import { execFileSync } from 'node:child_process';
import type { Language } from '../shared/text.ts';

/** The commands for people, in the order of their page, and the files of their programs in `dist/`. */
export const programs = {
  start: 'local/start.mjs',
  emulator: 'local/emulator.cjs',
  scf: 'local/scf.mjs',
  conformance: 'local/conformance.mjs',
  deploy: 'deploy/main.mjs',
  doctor: 'commands/doctor.mjs',
  keys: 'commands/keys.mjs',
  migrate: 'commands/migrate.mjs',
  policies: 'commands/policies.mjs',
  poster: 'commands/poster.mjs',
} as const;

export type CommandName = keyof typeof programs;

const locales = { en: 'C', zh: 'zh_CN.UTF-8' } as const;

/** What the built command prints when it is asked for help. From the root of the repository. */
export function helpOf(name: CommandName, language: Language): string {
  const env = { PATH: process.env['PATH'], LC_ALL: locales[language] };
  const args = [`dist/${programs[name]}`, '--help'];
  return execFileSync(process.execPath, args, { env, encoding: 'utf8' }).trimEnd();
}
