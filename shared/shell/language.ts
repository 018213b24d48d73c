import type { Language } from '../text.ts';

/**
 * The language of a shell: the first of its variables that is set decides, as in POSIX. Windows sets none of them;
 * there the language of the system counts.
 */
export function languageOfShell(
  env: Readonly<Record<string, string | undefined>>,
  systemLocale: string | undefined = undefined,
): Language {
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || systemLocale;
  return /^zh\b|^zh_/i.test(locale ?? '') ? 'zh' : 'en';
}
