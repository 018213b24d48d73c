import type { CodeKey } from '../../codes/ports.ts';
import type { Scope } from '../../world.ts';
import type { Param } from '../postgres/statements.ts';

/** SQL: does the organisation of a code lack quota? `c`: codes. */
export const ofBlocked = `exists (select from organizations o where o.app_id = c.app_id
  and o.organization = c.organization and o.quota_state = 'blocked')`;

/** SQL that is true of the code that a key names, if the caller may see it. `c`: codes. */
export function codeCondition(key: CodeKey, scope: Scope, param: Param): string {
  const named = keyCondition(key, param);
  if (scope === null) return named;
  return `${named} and c.app_id = ${param(scope.appId)} and c.organization = any(${param(scope.organizations)}::text[])`;
}

/** SQL for the `code_id` of the code that a key names, for any caller; null where there is none. */
export function codeIdSql(key: CodeKey, param: Param): string {
  return `(select c.code_id from codes c where ${keyCondition(key, param)})`;
}

function keyCondition({ by, value }: CodeKey, param: Param): string {
  switch (by) {
    case 'CodeId':
      return `c.code_id = ${param(value)}`;
    case 'Slug':
      return `c.slug = ${param(value)}`;
    case 'QrCodeId':
      return `c.code_id = (select code_id from generations where qr_code_id = ${param(value)})`;
  }
}
