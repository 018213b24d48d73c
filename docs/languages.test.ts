/** Every document for users is there in English and in Chinese, at equal depth. */
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  fencesOf,
  headingsOf,
  languagePairs,
  linksOf,
  readText,
  sayingsOf,
  spansOf,
  tablesOf,
} from './testing/read-markdown.ts';

const unique = (items: readonly string[]) => [...new Set(items)].sort();

/** A comment may be translated; in a shell it begins with `#`, in JavaScript with `//`. */
const withoutComments = (code: string) => code.replaceAll(/(^|\s)(#|\/\/).*$/gm, '').replaceAll(/ +$/gm, '');

const listItems = (markdown: string) =>
  sayingsOf(markdown).filter((block) => /^(?:[-*]|\d+\.) /.test(block)).length;

/** What is called so in every language: names of the API, of files, of products in capitals. */
const names = /[\w.-]+\.(?:md|ts|yml|json)|[A-Za-z]*[a-z][A-Z]\w*|\b[A-Z][A-Z\d_]+\b/g;

const count = (text: string, letters: RegExp) => (text.match(letters) ?? []).length;

/** Blocks of some length that are mostly in another language than their page. */
const foreignBlocks = (markdown: string, own: RegExp) =>
  sayingsOf(markdown).filter((block) => {
    const words = block.replaceAll(names, '');
    const letters = count(words, /\p{L}/gu);
    return letters > 30 && count(words, own) / letters < 0.4;
  });

describe.each(languagePairs)('%s and %s', (english, chinese) => {
  it('are both there', () => {
    expect([english, chinese].filter((path) => !existsSync(path))).toEqual([]);
  });

  const [en, zh] = [english, chinese].map((path) => (existsSync(path) ? readText(path) : '')) as [
    string,
    string,
  ]; // two paths make two texts

  it('have the same headings, level by level', () => {
    expect(headingsOf(zh).map(({ level }) => level)).toEqual(headingsOf(en).map(({ level }) => level));
  });

  it('show the same code', () => {
    const [inEnglish, inChinese] = [en, zh].map((markdown) =>
      fencesOf(markdown).map(({ info, code }) => ({
        info,
        // What a command says in each language is shown as it says it.
        code: info === 'text help' ? '' : withoutComments(code),
      })),
    );
    expect(inChinese).toEqual(inEnglish);
  });

  it('have the same tables, by their sizes', () => {
    expect(tablesOf(zh)).toEqual(tablesOf(en));
  });

  it('have as many items in their lists', () => {
    expect(listItems(zh)).toBe(listItems(en));
  });

  it('name the same things', () => {
    expect(unique(spansOf(zh))).toEqual(unique(spansOf(en)));
  });

  it('link to the same places', () => {
    const places = (markdown: string) =>
      unique(
        linksOf(markdown)
          // Headings have names in their language, and so have pictures; the link to the other language is each page's own.
          .map((to) => to.replace('.zh-CN.', '.').replace(/#.*/, ''))
          .filter((to) => to !== '' && !english.endsWith(to)),
      );
    expect(places(zh)).toEqual(places(en));
  });

  it('lead to each other', () => {
    const name = (path: string) => path.split('/').at(-1) ?? '';
    expect(linksOf(en)).toContain(name(chinese));
    expect(linksOf(zh)).toContain(name(english));
  });

  it('are each in their own language', () => {
    expect(foreignBlocks(en, /[A-Za-z]/g)).toEqual([]);
    expect(foreignBlocks(zh, /\p{Script=Han}/gu)).toEqual([]);
  });
});

describe('a block in another language', () => {
  const page = '打印 `StableUrl`。\n\n- 第一项\n\n| a | b |\n| --- | --- |\n| c | d |\n';
  const paragraph = 'Print the stable link on the poster: it leads to the current generation.';

  it('is found among others', () => {
    expect(foreignBlocks(`${page}\n${paragraph}\n`, /\p{Script=Han}/gu)).toEqual([paragraph]);
    expect(
      foreignBlocks(
        `${paragraph}\n\n海报上请印稳定链接：无论续期多少代，它始终指向当前有效的那一代，旧海报不必重印。\n`,
        /[A-Za-z]/g,
      ),
    ).toHaveLength(1);
  });

  it('is neither code nor a table', () => {
    expect(foreignBlocks(`${page}\n\`\`\`js\n${paragraph}\n\`\`\`\n`, /\p{Script=Han}/gu)).toEqual([]);
  });
});
