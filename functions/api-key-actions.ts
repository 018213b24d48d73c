/** What the actions on API keys share: who may call them, and how a key is shown. */
import { Failure } from '../shared/errors.ts';
import type { Caller } from '../shared/runtime/http/http-action.ts';
import type { ListedApiKey } from '../shared/store/access/api-keys.ts';
import { seconds } from '../shared/world.ts';

/** A key that is bound to some organisations could otherwise make itself one that is not. */
export function requireEverybodysAdmin({ isAdmin }: Pick<Caller, 'isAdmin'>): void {
  if (!isAdmin) throw new Failure('Forbidden', { detail: everybodyOnly });
}

const everybodyOnly = {
  zh: '仅不限定企业的 admin 密钥可以管理 API 密钥',
  en: 'API keys are managed by a key with the role admin that is made for all organisations',
};

/** Without the key and its hash. */
export function shownApiKey(key: ListedApiKey, nowS: number) {
  return {
    KeyId: key.keyId,
    Name: key.name,
    Role: key.role,
    Organizations: key.organizations,
    ProxyOperatorOpenId: key.agent?.ProxyOperatorOpenId ?? null,
    State: stateOf(key, nowS),
    CreatedOn: Math.floor(key.createdAtS),
    ExpiresOn: floor(key.expiresAtS),
    RevokedOn: floor(key.revokedAtS),
    LastUsedOn: floor(key.lastUsedAtS),
  };
}

const floor = (atS: number | null) => seconds(atS === null ? null : atS * 1000);

function stateOf({ revokedAtS, expiresAtS }: ListedApiKey, nowS: number): 'Active' | 'Expired' | 'Revoked' {
  if (revokedAtS !== null) return 'Revoked';
  return expiresAtS !== null && expiresAtS <= nowS ? 'Expired' : 'Active';
}
