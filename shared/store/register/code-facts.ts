/** The facts of a code beside its own row: read of one code or of a page of them, for one wait. */

import type { Notice } from '../../codes/notice.ts';
import type { DailyUse } from '../../codes/reading/forecast.ts';
import type { CodeRecord, ContractCount } from '../../codes/reading/ports.ts';
import { atS } from '../postgres/columns.ts';
import type { QueryResult, Results, Statement } from '../postgres/database.ts';
import { type Param, statementOf } from '../postgres/statements.ts';
import {
  type CodeRow,
  type GenerationRow,
  generationColumns,
  type OrganizationRow,
  organizationColumns,
  toCode,
  toGeneration,
  toOrganization,
} from './register-rows.ts';

interface OfCode {
  codeId: string;
}

/** Four weeks, as far as a forecast looks back. */
const daysOfUse = 28;

/** The rows of each of {@link factStatements}, in their order. */
export type FactRows = [
  GenerationRow,
  OrganizationRow & OfCode,
  OfCode & { count: number },
  Omit<Notice, 'reason'> & OfCode & { reason: string },
  ContractCount & OfCode,
  DailyUse & OfCode,
];

/**
 * @param ids SQL for the `code_id`s, an array
 * @param most generations of each code, the newest ones
 */
export function factStatements(ids: (param: Param) => string, most: number): Statement[] {
  return [
    (codes: string, param: Param) =>
      `select g.* from unnest(${codes}) as wanted cross join lateral (
         select ${generationColumns} from generations g where g.code_id = wanted
         order by g.number desc limit ${param(most)}
       ) g`,
    (codes: string) =>
      `select c.code_id as "codeId", ${organizationColumns} from codes c
       join organizations o on o.app_id = c.app_id and o.organization = c.organization
       where c.code_id = any(${codes})`,
    (codes: string) =>
      `select code_id as "codeId", count(*)::int as count from attempts
       where code_id = any(${codes}) and possible_orphan group by code_id`,
    // The newest word on the template and the organisation of each code.
    (codes: string) =>
      `select c.code_id as "codeId", n.kind, n.subject, n.scope, n.raised, n.reason, ${atS('n.at', 'atS')}
       from codes c join notices n on n.subject = c.template_id and n.kind in ('template', 'template-change')
         and n.scope in ('', c.organization)
       where c.code_id = any(${codes})
       union all
       select c.code_id, n.kind, n.subject, n.scope, n.raised, n.reason, ${atS('n.at', 'atS')}
       from codes c join notices n on n.kind = 'organization' and n.subject = c.organization and n.scope = c.app_id
       where c.code_id = any(${codes})`,
    (codes: string) =>
      `select k.code_id as "codeId", k.generation, k.link, k.state, count(*)::int as count from contracts k
       where k.code_id = any(${codes}) group by k.code_id, k.generation, k.link, k.state`,
    // One index entry for each day that has uses, however many contracts there are.
    (codes: string, param: Param) =>
      `select u.* from unnest(${codes}) as wanted cross join lateral (
         select u.code_id as "codeId", u.day::text, u.uses from daily_uses u where u.code_id = wanted
         order by u.day desc limit ${param(daysOfUse)}
       ) u`,
  ].map((write) => statementOf((param) => write(ids(param), param)));
}

/** The codes in their order, each with what was found of it. */
export function toRecords(codes: readonly CodeRow[], facts: Results<FactRows>): CodeRecord[] {
  const [generations, organizations, orphans, notices, contracts, uses] = [
    byCode(facts[0]),
    byCode(facts[1]),
    byCode(facts[2]),
    byCode(facts[3]),
    byCode(facts[4]),
    byCode(facts[5]),
  ];
  return codes.map((row) => {
    const { codeId } = row;
    const history = (generations.get(codeId) ?? []).map(toGeneration);
    const [organization] = organizations.get(codeId) ?? [];
    return {
      code: toCode(row, history[0] ?? null),
      generations: history,
      organization: organization && toOrganization(withoutCode(organization)),
      // JSON.parse gives `any`: the text was written from a Reason.
      notices: (notices.get(codeId) ?? []).map((notice) => ({
        ...notice,
        reason: JSON.parse(notice.reason),
      })),
      contracts: contracts.get(codeId) ?? [],
      possibleOrphans: orphans.get(codeId)?.[0]?.count ?? 0,
      dailyUses: (uses.get(codeId) ?? []).map(({ day, uses }) => ({ day, uses })),
    };
  });
}

function withoutCode({ codeId: _, ...organization }: OrganizationRow & OfCode): OrganizationRow {
  return organization;
}

/** The rows of each code, in their order. */
function byCode<Row extends OfCode>({ rows }: QueryResult<Row>): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const known = groups.get(row.codeId);
    if (known) known.push(row);
    else groups.set(row.codeId, [row]);
  }
  return groups;
}
