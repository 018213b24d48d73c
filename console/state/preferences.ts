import { effect, signal } from '@preact/signals';
import type { Language } from '../../shared/text.ts';
import { keptInBrowser } from './kept.ts';

const keptLanguage = keptInBrowser('language');
const keptScheme = keptInBrowser('scheme');

export const schemes = ['system', 'light', 'dark'] as const;
export type Scheme = (typeof schemes)[number];

export const language = signal<Language>(firstLanguage());
export const scheme = signal<Scheme>(schemes.find((one) => one === keptScheme.read()) ?? 'system');

function firstLanguage(): Language {
  const chosen = keptLanguage.read();
  if (chosen === 'zh' || chosen === 'en') return chosen;
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

/** Lets the document follow what is chosen, and the system where nothing is. */
export function followPreferences(): void {
  const systemIsDark = matchMedia('(prefers-color-scheme: dark)');
  const dark = signal(systemIsDark.matches);
  systemIsDark.addEventListener('change', ({ matches }) => {
    dark.value = matches;
  });
  effect(() => {
    document.documentElement.lang = language.value === 'zh' ? 'zh-CN' : 'en';
  });
  effect(() => {
    const isDark = scheme.value === 'system' ? dark.value : scheme.value === 'dark';
    document.documentElement.dataset['scheme'] = isDark ? 'dark' : 'light';
  });
}

export function chooseLanguage(chosen: Language): void {
  language.value = chosen;
  keptLanguage.write(chosen);
}

export function chooseScheme(chosen: Scheme): void {
  scheme.value = chosen;
  keptScheme.write(chosen === 'system' ? null : chosen);
}
