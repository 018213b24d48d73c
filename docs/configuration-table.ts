import { type Variable, variables } from '../shared/runtime/config.ts';
import type { Language } from '../shared/text.ts';
import { configurationDocs } from './configuration-docs.ts';
import { code, plain, table } from './markdown.ts';

const words = {
  en: { headings: ['Variable', 'Default', 'Meaning'], required: 'required', none: 'none' },
  zh: { headings: ['变量', '默认值', '含义'], required: '必填', none: '无' },
} as const;

/** Every variable of the environment, for a README. */
export function configurationTable(language: Language): string {
  const { headings, required, none } = words[language];
  const rows = Object.entries(variables).map(([name, variable]: [string, Variable<unknown>]) => {
    const { fallback } = variable;
    const value = fallback?.value;
    const isEmpty = typeof value === 'object' ? Object.keys(value ?? {}).length === 0 : value === undefined;
    const standard = fallback === undefined ? required : isEmpty ? none : code(String(value));
    // Each variable has its text: the types of both tables see to it.
    const text = configurationDocs[name as keyof typeof configurationDocs][language];
    return [code(name), standard, plain(text)];
  });
  return table(headings, rows);
}
