import { createHash } from 'node:crypto';
import type { CodeState } from '../../shared/codes/code.ts';
import type { Gate } from '../../shared/codes/reading/ports.ts';
import type { Language, Text } from '../../shared/text.ts';
import { waitingScript } from './page-script.ts';
import { style } from './page-style.ts';
import { type Message, messageOf, peopleOnSite, type Sign, trouble, unknown, words } from './page-texts.ts';

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** The page loads nothing, and asks this host alone; its one style and its one script are allowed by their hashes. */
const pageHeaders = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': [
    "default-src 'none'",
    `style-src ${hashOf(style)}`,
    `script-src ${hashOf(waitingScript)}`,
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
} as const;

/** A page with its headers. */
export interface Page {
  headers: Readonly<Record<string, string>>;
  body: string;
}

/** How soon a waiting page asks at first, by what it waits for. Seconds: upstream's answer, a purchase, a person. */
const waitS: Readonly<Partial<Record<CodeState, number>>> = { QuotaBlocked: 30, Paused: 60 };
const successorS = 3;
const troubleS = 10;
/** Without a script the whole page is loaded again, under the eyes of who reads it. Seconds. */
const leastRefreshS = 20;

/** For a code that may work again without a new poster. */
export function waitingPage(state: CodeState, gate: Gate, language: Language): Page {
  return pageOf(messageOf(state, true), { state, gate, language, afterS: waitS[state] ?? successorS });
}

export function endedPage(state: CodeState, gate: Gate, language: Language): Page {
  return pageOf(messageOf(state, false), { state, gate, language });
}

/** For a link that nobody made. */
export function unknownPage(language: Language): Page {
  return pageOf(unknown, { state: 'Unknown', language });
}

/** For a register that cannot be asked. */
export function troublePage(language: Language): Page {
  return pageOf(trouble, { language, afterS: troubleS });
}

interface Shown {
  /** What the page is about, so that a page that waits sees a change. Undefined: not known. */
  state?: CodeState | 'Unknown';
  gate?: Gate;
  language: Language;
  /** When to ask again; undefined: there is nothing to wait for. Seconds. */
  afterS?: number;
}

function pageOf(message: Message, { state, gate, language, afterS }: Shown): Page {
  const others: Language[] = language === 'zh' ? ['zh', 'en'] : ['en', 'zh'];
  const waiting = afterS === undefined ? '' : ` data-wait="${afterS}" data-state="${state ?? ''}"`;
  const name = gate?.name ? escapeHtml(gate.name) : undefined;
  return {
    headers: {
      ...pageHeaders,
      ...(state !== undefined && { 'X-Code-State': state }),
      ...(afterS !== undefined && { 'Retry-After': String(afterS) }),
    },
    body: [
      `<!doctype html><html lang="${tags[language]}"${waiting}><head><meta charset="utf-8">`,
      '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark">',
      '<meta name="format-detection" content="telephone=no">',
      ...(afterS === undefined
        ? []
        : [`<noscript><meta http-equiv="refresh" content="${Math.max(afterS, leastRefreshS)}"></noscript>`]),
      `<title>${message.title[language]} · ${name ?? words.title[language]}</title><style>${style}</style></head><body>`,
      headerOf(name, gate?.organization),
      `<main class="${message.sign}">${pictures[message.sign]}`,
      ...others.map((one, index) => block(message, gate?.contact, one, index === 0)),
      ...(afterS === undefined
        ? []
        : [
            `<a href="">${others.map((one) => `<span lang="${tags[one]}">${words.again[one]}</span>`).join(' ')}</a>`,
          ]),
      `</main>${afterS === undefined ? '' : `<script>${waitingScript}</script>`}</body></html>`,
    ].join(''),
  };
}

/** Where people are. */
function headerOf(name: string | undefined, organization: string | undefined): string {
  if (name === undefined && organization === undefined) return '';
  const owner = organization === undefined ? '' : `<p><small>${escapeHtml(organization)}</small></p>`;
  return `<header>${name === undefined ? '' : `<p>${name}</p>`}${owner}</header>`;
}

const tags: Readonly<Record<Language, string>> = { zh: 'zh-CN', en: 'en' };

/** What is said in one language, whole: who reads one of them needs nothing of the other. */
function block(message: Message, contact: Text | undefined, language: Language, isFirst: boolean): string {
  const heading = isFirst ? 'h1' : 'h2';
  const asked = contact === undefined ? peopleOnSite[language] : `<b>${withPhones(contact[language])}</b>`;
  return [
    `<section lang="${tags[language]}"><${heading}>${message.title[language]}</${heading}>`,
    `<p>${message.next[language]}</p><p>${words.ask[language]}${asked}</p></section>`,
  ].join('');
}

/** Text with its phone numbers as links: who stands at a gate has a phone at hand. */
export function withPhones(text: string): string {
  return escapeHtml(text).replace(
    /\+?\d(?:[ -]?\d){4,}/g,
    (number) => `<a href="tel:${number.replace(/[ -]/g, '')}">${number}</a>`,
  );
}

/** For text and for values of attributes. Numeric references of characters are no phone numbers: they are short. */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const picture = (content: string) =>
  `<svg viewBox="0 0 24 24" width="72" height="72" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" aria-hidden="true"><circle cx="12" cy="12" r="10"/>${content}</svg>`;

const pictures: Readonly<Record<Sign, string>> = {
  wait: picture('<path d="M12 6v6l4 2"/>'),
  pause: picture('<path d="M9.5 8v8M14.5 8v8"/>'),
  stop: picture('<path d="m8.5 8.5 7 7m0-7-7 7"/>'),
};
