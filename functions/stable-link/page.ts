import { createHash } from 'node:crypto';
import type { DescribedCode } from '../../shared/codes/describe-codes.ts';
import type { Language } from '../../shared/runtime/language.ts';

type State = DescribedCode['State'];
type Text = Readonly<Record<Language, string>>;

/** What a signer needs to know. Why in detail, and what to do about it, is for the people who run the code. */
const messages: Readonly<Partial<Record<State, Text>>> = {
  QuotaBlocked: {
    zh: '合同额度暂时不足，请稍后再扫，或联系现场工作人员。',
    en: 'No contracts are left at the moment. Please scan again later, or ask the people on site.',
  },
  Paused: {
    zh: '此签署码已暂停使用，请稍后再扫，或联系现场工作人员。',
    en: 'This code is paused. Please scan again later, or ask the people on site.',
  },
  Cancelled: {
    zh: '此签署码已停用，请联系现场工作人员获取新的签署码。',
    en: 'This code has been ended. Please ask the people on site for a new one.',
  },
};

const soon: Text = {
  zh: '签署码正在更新，请一两分钟后再扫。',
  en: 'The code is being renewed. Please scan again in a minute or two.',
};

const ended: Text = {
  zh: '此签署码已失效，请联系现场工作人员获取新的签署码。',
  en: 'This code no longer works. Please ask the people on site for a new one.',
};

const style =
  'body{font:1.25rem/1.6 system-ui,sans-serif;max-width:32rem;margin:18vh auto 0;padding:0 1.5rem;color:#1a1a1a;background:#fff}' +
  'p+p{color:#555;font-size:1rem}@media(prefers-color-scheme:dark){body{color:#eee;background:#161616}p+p{color:#aaa}}';
const styleHash = createHash('sha256').update(style).digest('base64');

/** The page runs nothing and fetches nothing; its one style is allowed by its hash. */
export const pageHeaders = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${styleHash}'; frame-ancestors 'none'`,
} as const;

/** The page that a signer sees where there is nothing to sign: in their language first, then in the other. */
export function page(state: State | undefined, isPassing: boolean, language: Language): string {
  const text = (state && messages[state]) ?? (isPassing ? soon : ended);
  const [first, second] = language === 'zh' ? (['zh', 'en'] as const) : (['en', 'zh'] as const);
  const tag = { zh: 'zh-CN', en: 'en' };
  return [
    `<!doctype html><html lang="${tag[first]}"><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    `<title>${first === 'zh' ? '签署码' : 'Sign code'}</title><style>${style}</style>`,
    `<main><p>${text[first]}</p><p lang="${tag[second]}">${text[second]}</p></main></html>`,
  ].join('');
}
