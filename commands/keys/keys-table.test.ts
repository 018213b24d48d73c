import { expect, it } from 'vitest';
import type { ListedApiKey } from '../../shared/store/access/api-keys.ts';
import { keysTable } from './keys-table.ts';

const nowS = 1_790_000_000;
const key = (changes: Partial<ListedApiKey>): ListedApiKey => ({
  keyId: 'k1',
  line: 'k1',
  hash: '',
  role: 'viewer',
  createdAtS: nowS - 60,
  expiresAtS: null,
  revokedAtS: null,
  lastUsedAtS: null,
  organizations: null,
  agent: null,
  name: '门店',
  ...changes,
});
const keys = [key({}), key({ keyId: 'longer-id', expiresAtS: nowS, organizations: [] })];

it('shows keys under titles in English', () => {
  expect(keysTable(keys, nowS, 'en')).toEqual([
    'KEY ID     ROLE    STATE    CREATED            EXPIRES            LAST USED  ORGANISATIONS  NAME',
    'k1         viewer  active   2026-09-21T14:12Z  never              never      all            门店',
    'longer-id  viewer  expired  2026-09-21T14:12Z  2026-09-21T14:13Z  never      none           门店',
  ]);
});

it('shows them in Chinese, in columns as wide on the terminal', () => {
  expect(keysTable(keys, nowS, 'zh')).toEqual([
    '密钥编号   角色    状态    创建时间           失效时间           上次使用  企业  名称',
    'k1         viewer  有效    2026-09-21T14:12Z  无                 无        全部  门店',
    'longer-id  viewer  已失效  2026-09-21T14:12Z  2026-09-21T14:13Z  无        无    门店',
  ]);
});
