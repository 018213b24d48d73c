/** What the pages that people write say of functions, members and events, in both languages: it stands there alone. */
import { readFileSync } from 'node:fs';
import { inBoth, type Language, type Text } from '../../shared/text.ts';

/** A page of docs/ in one of its languages. From the root of the repository. */
function pageIn(name: string, language: Language): string {
  return readFileSync(`docs/${name}${language === 'zh' ? '.zh-CN' : ''}.md`, 'utf8');
}

/** The last cell of each row whose first cell is one name in code. */
function lastCells(page: string): ReadonlyMap<string, string> {
  const rows = page.matchAll(/^\| *`([\w.-]+)` *\|(?:.*[^\\]\|)?((?:[^|]|\\\|)+)\| *$/gm);
  return new Map([...rows].map(([, name = '', cell = '']) => [name, linkless(cell.trim())]));
}

/** Links lead from page to page, and nowhere from here. */
const linkless = (text: string) => text.replaceAll(/\[([^\]]+)\]\([^)]+\)/g, '$1');

/** @param part of the page, by the heading that it begins with; the whole page without one */
function textsOf(name: string, part?: Text): ReadonlyMap<string, Text> {
  const cells = { en: lastCells(partOf('en')), zh: lastCells(partOf('zh')) };
  return new Map(
    [...cells.en.keys()].map((key) => [
      key,
      inBoth((language) => {
        const text = cells[language].get(key);
        if (text === undefined) throw new Error(`docs/${name} (${language}) says nothing of ${key}`);
        return text;
      }),
    ]),
  );

  function partOf(language: Language): string {
    const page = pageIn(name, language);
    if (part === undefined) return page;
    const [, from] = page.split(`\n${part[language]}\n`);
    if (from === undefined) throw new Error(`docs/${name} (${language}) has no part "${part[language]}"`);
    return from.split(/\n##+ /)[0] ?? '';
  }
}

/** What each function does. */
export const functionTexts = () => textsOf('functions', { en: '## What there is', zh: '## 有哪些函数' });

/** What each member of a `RenewalPolicy` means. */
export const policyTexts = () => textsOf('renewal', { en: '## `RenewalPolicy`', zh: '## `RenewalPolicy`' });

/** What each member of an event means. */
export const eventMemberTexts = () => textsOf('events', { en: '## Event types', zh: '## 事件类型' });

export interface EventPage {
  type: string;
  text: Text;
  example: { type: string; timestamp: string; data: Readonly<Record<string, unknown>> };
}

/** Each type of event, with what it means and an example. */
export function eventPages(): readonly EventPage[] {
  const pattern = /^### `([\w.]+)`.*\n\n(.+)\n\n```json\n(.+)\n```/gm;
  const chinese = new Map(
    [...pageIn('events', 'zh').matchAll(pattern)].map(([, type = '', text = '']) => [type, text]),
  );
  return [...pageIn('events', 'en').matchAll(pattern)].map(([, type = '', en = '', json = '']) => ({
    type,
    text: { en, zh: chinese.get(type) ?? en },
    example: JSON.parse(json),
  }));
}
