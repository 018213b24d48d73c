import type { ListedApiKey } from '../../shared/store/api-keys.ts';

const titles = ['KEY ID', 'ROLE', 'STATE', 'CREATED', 'EXPIRES', 'LAST USED', 'ORGANISATIONS', 'NAME'];

/** One line per key under a line of titles. The name comes last: how wide it is, no program knows for certain. */
export function keysTable(keys: readonly ListedApiKey[], nowS: number): string[] {
  const rows = keys.map((key) => [
    key.keyId,
    key.role,
    state(key, nowS),
    time(key.createdAtS),
    key.expiresAtS === null ? 'never' : time(key.expiresAtS),
    key.lastUsedAtS === null ? 'never' : time(key.lastUsedAtS),
    key.organizations === null ? 'all' : key.organizations.join(',') || 'none',
    key.name,
  ]);
  const table = [titles, ...rows];
  const widths = titles.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table.map((row) =>
    row
      .map((cell, column) => (column === titles.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
      .join('  '),
  );
}

function state({ revokedAtS, expiresAtS }: ListedApiKey, nowS: number): string {
  if (revokedAtS !== null) return 'revoked';
  return expiresAtS !== null && expiresAtS <= nowS ? 'expired' : 'active';
}

/** UTC to the minute. */
function time(atS: number): string {
  return `${new Date(atS * 1000).toISOString().slice(0, 16)}Z`;
}
