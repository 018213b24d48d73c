import { defaultRetention } from '../../shared/store/upkeep/retention.ts';
import type { Language } from '../../shared/text.ts';
import { code, plain, table } from '../markdown.ts';
import type { Datum, Guard } from './datum.ts';
import { ofSigners } from './of-signers.ts';
import { ofStaff } from './of-staff.ts';

export const personalData: readonly Datum[] = [...ofSigners, ...ofStaff];

const words = {
  en: {
    headings: [
      'Where it rests',
      'What it is',
      'From',
      'How it is kept',
      'For how long',
      'Who sees it',
      'How it goes',
    ],
    sealed: 'sealed: AES-256-GCM, `REGISTER_KEYS`',
    asCame:
      'as Tencent encrypted it: AES-256-CBC, `ESS_CALLBACK_KEYS`; what came in clear is sealed with `REGISTER_KEYS`, or not kept where there is none',
    hashed: 'as a hash',
    clear: (why: string) => `in clear: ${why}`,
    days: (days: number, after: string) => `${days} days ${after}`,
  },
  zh: {
    headings: ['存放处', '内容', '来源', '如何保存', '多久', '谁能看到', '如何删除'],
    sealed: '加密：AES-256-GCM，`REGISTER_KEYS`',
    asCame:
      '保持腾讯的加密：AES-256-CBC，`ESS_CALLBACK_KEYS`；明文到达的以 `REGISTER_KEYS` 加密，没有则不保存',
    hashed: '哈希',
    clear: (why: string) => `明文：${why}`,
    days: (days: number, after: string) => `${after} ${days} 天`,
  },
} as const;

const secondsPerDay = 86_400;

/** All personal data of the tables, for `docs/privacy.md`; its figures are those by which `prune-records` deletes. */
export function personalDataTable(language: Language): string {
  const text = words[language];
  const guardOf = (guard: Guard) => {
    if (typeof guard === 'object') return text.clear(guard.clear[language]);
    return guard === 'as-came' ? text.asCame : text[guard];
  };
  const keptOf = (kept: Datum['kept']) =>
    'days' in kept
      ? text.days(defaultRetention[kept.days] / secondsPerDay, kept.after[language]) +
        (kept.more?.[language] ?? '')
      : kept[language];
  const rows = personalData.map(({ columns, what, from, guard, kept, seenBy, goes }) => [
    columns.map(code).join(', '),
    ...[what[language], from[language], guardOf(guard), keptOf(kept), seenBy[language], goes[language]].map(
      plain,
    ),
  ]);
  return table(text.headings, rows);
}
