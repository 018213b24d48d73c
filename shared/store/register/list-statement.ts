import type { ListFilter } from '../../codes/reading/ports.ts';
import type { ListPosition } from '../../list-cursor.ts';
import type { Scope } from '../../world.ts';
import { among, type Each, type Param, pageSql, parameters, tenantsOf } from '../postgres/statements.ts';
import { codeColumns } from './register-rows.ts';
import { gramsOf, normalised } from './search-grams.ts';

/** The statement for one page of codes. */
export function listStatement(
  filter: ListFilter,
  page: { scope: Scope; after: ListPosition | undefined; limit: number },
): { text: string; params: unknown[] } {
  const { params, param } = parameters();
  const tenants = tenantsOf(filter.organization, page.scope);
  const { conditions, each } =
    filter.state === 'QuotaBlocked' ? ofBlocked(tenants, param) : among('c.organization', tenants, param);
  const source = pageSql(
    {
      ...page,
      table: 'codes',
      row: 'c',
      order: ['created_at', 'code_id'],
      conditions: [
        ...conditions,
        ...conditionsOf(filter, param),
        ...(page.scope === null ? [] : [`c.app_id = ${param(page.scope.appId)}`]),
      ],
      each,
    },
    param,
  );
  return {
    text: `select ${codeColumns} from ${source} c order by c.created_at desc, c.code_id desc`,
    params,
  };
}

/** Few organisations lack quota at a time: theirs are found by them. */
function ofBlocked(tenants: readonly string[] | null, param: Param): { conditions: string[]; each: Each } {
  const where = ["o.quota_state = 'blocked'"];
  if (tenants) where.push(`o.organization = any(${param(tenants)}::text[])`);
  const on = ['c.app_id = o.app_id', 'c.organization = o.organization'];
  return { conditions: [], each: { from: 'organizations o', on, where } };
}

function conditionsOf(filter: ListFilter, param: Param): string[] {
  const conditions = stateConditions(filter, param);
  const { templateId, label, externalId, expiringBeforeS, text } = filter;
  if (templateId !== undefined) conditions.push(`c.template_id = ${param(templateId)}`);
  if (label !== undefined) conditions.push(`c.labels @> ${param([label])}::text[]`);
  if (externalId !== undefined) conditions.push(`c.external_id = ${param(externalId)}`);
  if (expiringBeforeS !== undefined)
    conditions.push(`c.expires_at < to_timestamp(${param(expiringBeforeS)})`);
  if (text !== undefined) {
    const wanted = normalised(text);
    const grams = gramsOf(wanted);
    // Every row has the pairs of a text that has none: such a text is not looked for.
    if (grams.length === 0) conditions.push('false');
    conditions.push(`c.search_grams @> ${param(grams)}::text[]`);
    conditions.push(`strpos(c.search_text, ${param(wanted)}) > 0`);
  }
  return conditions;
}

/** `QuotaBlocked` is not stored: it is what an active code of an organisation without quota is called. */
function stateConditions({ state }: ListFilter, param: Param): string[] {
  if (state === undefined) return [];
  if (state === 'QuotaBlocked') return ["c.state = 'Active'"];
  if (state !== 'Active') return [`c.state <> 'Active' and c.state = ${param(state)}`];
  return [
    `c.state = 'Active' and not exists (select from organizations b
       where b.app_id = c.app_id and b.organization = c.organization and b.quota_state = 'blocked')`,
  ];
}
