import type { ListFilter, Scope } from '../codes/ports.ts';
import type { ListPosition } from '../list-cursor.ts';
import { codeColumns } from './register-rows.ts';
import { gramsOf, normalised } from './search-grams.ts';

export interface Statement {
  text: string;
  params: unknown[];
}

/**
 * The statement for one page of a list, newest first. Its place in the list is given by what never changes, so that
 * no write moves a code from one page to another.
 *
 * A caller with several organisations gets the newest of each by index, and of these the newest: one index scan over
 * all of them would have to read and sort everything.
 */
export function listStatement(
  filter: ListFilter,
  page: { scope: Scope; after: ListPosition | undefined; limit: number },
): Statement {
  const params: unknown[] = [];
  const param = (value: unknown) => `$${params.push(value)}`;
  const conditions = conditionsOf(filter, param);
  if (page.scope !== null) conditions.push(`c.app_id = ${param(page.scope.appId)}`);
  if (page.after) {
    const { atMs, id } = page.after;
    const at = param(new Date(atMs).toISOString());
    conditions.push(`(c.created_at, c.code_id) < (${at}::timestamptz, ${param(id)})`);
  }
  const tail = `order by created_at desc, code_id desc limit ${param(page.limit)}`;
  const codesOf = (tenant: string[]) => `select * from codes c ${where([...tenant, ...conditions])} ${tail}`;
  const tenants = tenantsOf(filter, page.scope);

  let source: string;
  if (filter.state === 'QuotaBlocked') {
    const blocked = ["o.quota_state = 'blocked'"];
    if (tenants) blocked.push(`o.organization = any(${param(tenants)}::text[])`);
    const ofTenant = codesOf(['c.app_id = o.app_id', 'c.organization = o.organization']);
    source = `(select t.* from organizations o cross join lateral (${ofTenant}) t ${where(blocked)} ${tail})`;
  } else if (tenants === null) {
    source = `(${codesOf([])})`;
  } else if (tenants.length === 1) {
    source = `(${codesOf([`c.organization = ${param(tenants[0])}`])})`;
  } else {
    const ofTenant = codesOf(['c.organization = tenant']);
    const all = `unnest(${param(tenants)}::text[]) as tenant`;
    source = `(select t.* from ${all} cross join lateral (${ofTenant}) t ${tail})`;
  }
  return {
    text: `select ${codeColumns} from ${source} c order by c.created_at desc, c.code_id desc`,
    params,
  };
}

/** Whose codes are wanted, each organisation once; null: everybody's. */
function tenantsOf({ organization }: ListFilter, scope: Scope): readonly string[] | null {
  if (organization === undefined) return scope && [...new Set(scope.organizations)];
  return scope === null || scope.organizations.includes(organization) ? [organization] : [];
}

function conditionsOf(filter: ListFilter, param: (value: unknown) => string): string[] {
  const conditions = stateConditions(filter, param);
  const { templateId, label, externalId, expiringBeforeS, text } = filter;
  if (templateId !== undefined) conditions.push(`c.template_id = ${param(templateId)}`);
  if (label !== undefined) conditions.push(`c.labels @> ${param([label])}::text[]`);
  if (externalId !== undefined) conditions.push(`c.external_id = ${param(externalId)}`);
  if (expiringBeforeS !== undefined)
    conditions.push(`c.expires_at < to_timestamp(${param(expiringBeforeS)})`);
  if (text !== undefined) {
    const wanted = normalised(text);
    conditions.push(`c.search_grams @> ${param(gramsOf(wanted))}::text[]`);
    conditions.push(`strpos(c.search_text, ${param(wanted)}) > 0`);
  }
  return conditions;
}

/** `QuotaBlocked` is not stored: it is what an active code of an organisation without quota is called. */
function stateConditions({ state }: ListFilter, param: (value: unknown) => string): string[] {
  if (state === undefined) return [];
  if (state === 'QuotaBlocked') return ["c.state = 'Active'"];
  if (state !== 'Active') return [`c.state <> 'Active' and c.state = ${param(state)}`];
  return [
    `c.state = 'Active' and not exists (select from organizations b
       where b.app_id = c.app_id and b.organization = c.organization and b.quota_state = 'blocked')`,
  ];
}

function where(conditions: readonly string[]): string {
  return conditions.length > 0 ? `where ${conditions.join(' and ')}` : '';
}
