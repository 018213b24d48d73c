import type { ListedApiKey } from '../../shared/store/access/api-keys.ts';
import type { Language } from '../../shared/text.ts';

const words = {
  en: {
    titles: ['KEY ID', 'ROLE', 'STATE', 'CREATED', 'EXPIRES', 'LAST USED', 'ORGANISATIONS', 'NAME'],
    ...{ never: 'never', all: 'all', none: 'none', revoked: 'revoked', expired: 'expired', active: 'active' },
  },
  zh: {
    titles: ['密钥编号', '角色', '状态', '创建时间', '失效时间', '上次使用', '企业', '名称'],
    ...{ never: '无', all: '全部', none: '无', revoked: '已吊销', expired: '已失效', active: '有效' },
  },
} as const;

/** One line per key under a line of titles. The name comes last: how wide it is, no program knows for certain. */
export function keysTable(keys: readonly ListedApiKey[], nowS: number, language: Language): string[] {
  const { titles, never, all, none, ...states } = words[language];
  const rows = keys.map((key) => [
    key.keyId,
    key.role,
    states[stateOf(key, nowS)],
    time(key.createdAtS),
    key.expiresAtS === null ? never : time(key.expiresAtS),
    key.lastUsedAtS === null ? never : time(key.lastUsedAtS),
    key.organizations === null ? all : key.organizations.join(',') || none,
    key.name,
  ]);
  const table = [titles, ...rows];
  const widths = titles.map((_, column) => Math.max(...table.map((row) => widthOf(row[column] ?? ''))));
  return table.map((row) =>
    row
      .map(
        (cell, column) =>
          cell + ' '.repeat(column === titles.length - 1 ? 0 : (widths[column] ?? 0) - widthOf(cell)),
      )
      .join('  '),
  );
}

/** In columns of a terminal: a Chinese character takes two. */
const widthOf = (text: string) => text.length + (text.match(/\p{Script=Han}/gu) ?? []).length;

function stateOf({ revokedAtS, expiresAtS }: ListedApiKey, nowS: number): 'revoked' | 'expired' | 'active' {
  if (revokedAtS !== null) return 'revoked';
  return expiresAtS !== null && expiresAtS <= nowS ? 'expired' : 'active';
}

/** UTC to the minute. */
function time(atS: number): string {
  return `${new Date(atS * 1000).toISOString().slice(0, 16)}Z`;
}
