import type { Generation } from '../codes/code.ts';
import type { Notice } from '../codes/notice.ts';
import type { CodeKey, CodeRecord, ContractCount, RegisterReads } from '../codes/ports.ts';
import type { Database } from './database.ts';
import { listStatement } from './list-statement.ts';
import {
  atS,
  type CodeRow,
  codeColumns,
  type GenerationRow,
  generationColumns,
  type OrganizationRow,
  organizationColumns,
  toCode,
  toGeneration,
  toOrganization,
} from './register-rows.ts';

const conditions: Readonly<Record<CodeKey['by'], string>> = {
  CodeId: 'c.code_id = $1',
  Slug: 'c.slug = $1',
  QrCodeId: 'c.code_id = (select code_id from generations where qr_code_id = $1)',
};

/** More generations than any policy allows. */
const allGenerations = 20_000;

/** Reading the register. Every read takes the organisations that the caller may see. */
export function registerReads(db: Database): RegisterReads {
  return {
    async find(key, scope) {
      const { rows } = await db.query<CodeRow>(
        `select ${codeColumns} from codes c
         where ${conditions[key.by]} and ($2::text is null or (c.app_id = $2 and c.organization = any($3::text[])))`,
        [key.value, scope?.appId ?? null, scope?.organizations ?? null],
      );
      return (await recordsOf(db, rows, allGenerations))[0];
    },

    async list(filter, page) {
      const { text, params } = listStatement(filter, page);
      const { rows } = await db.query<CodeRow>(text, params);
      return recordsOf(db, rows, page.generations);
    },
  };
}

async function recordsOf(db: Database, codes: CodeRow[], most: number): Promise<CodeRecord[]> {
  if (codes.length === 0) return [];
  const ids = codes.map(({ codeId }) => codeId);
  const generations = await generationsOf(db, ids, most);
  const organizations = await organizationsOf(db, codes);
  const orphans = await possibleOrphansOf(db, ids);
  const notices = await noticesOf(db, ids);
  const contracts = await contractsOf(db, ids);
  return codes.map((row) => {
    const history = generations.get(row.codeId) ?? [];
    return {
      code: toCode(row, history[0] ?? null),
      generations: history,
      organization: organizations.get(tenantKey(row)),
      notices: notices.get(row.codeId) ?? [],
      contracts: contracts.get(row.codeId) ?? [],
      possibleOrphans: orphans.get(row.codeId) ?? 0,
    };
  });
}

/** The newest `most` generations of each code, newest first. */
async function generationsOf(db: Database, ids: string[], most: number): Promise<Map<string, Generation[]>> {
  const { rows } = await db.query<GenerationRow>(
    `select g.* from unnest($1::text[]) as wanted cross join lateral (
       select ${generationColumns} from generations g where g.code_id = wanted order by g.number desc limit $2
     ) g`,
    [ids, most],
  );
  return byCode(rows.map(toGeneration));
}

/** The rows of each code, in their order. */
function byCode<Row extends { codeId: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const known = groups.get(row.codeId);
    if (known) known.push(row);
    else groups.set(row.codeId, [row]);
  }
  return groups;
}

/** The newest word on the template and the organisation of each code. */
async function noticesOf(db: Database, ids: string[]): Promise<Map<string, Notice[]>> {
  const { rows } = await db.query<Omit<Notice, 'reason'> & { codeId: string; reason: string }>(
    `select c.code_id as "codeId", n.kind, n.subject, n.scope, n.raised, n.reason, ${atS('n.at', 'atS')}
     from codes c join notices n on n.subject = c.template_id and n.kind in ('template', 'template-change')
       and n.scope in ('', c.organization)
     where c.code_id = any($1::text[])
     union all
     select c.code_id, n.kind, n.subject, n.scope, n.raised, n.reason, ${atS('n.at', 'atS')}
     from codes c join notices n on n.kind = 'organization' and n.subject = c.organization and n.scope = c.app_id
     where c.code_id = any($1::text[])`,
    [ids],
  );
  // JSON.parse gives `any`: the text was written from a Reason.
  return byCode(rows.map((row) => ({ ...row, reason: JSON.parse(row.reason) })));
}

async function contractsOf(db: Database, ids: string[]): Promise<Map<string, ContractCount[]>> {
  const { rows } = await db.query<ContractCount & { codeId: string }>(
    `select k.code_id as "codeId", k.generation, k.link, k.state, count(*)::int as count from contracts k
     where k.code_id = any($1::text[]) group by k.code_id, k.generation, k.link, k.state`,
    [ids],
  );
  return byCode(rows);
}

async function organizationsOf(db: Database, codes: CodeRow[]) {
  const { rows } = await db.query<OrganizationRow>(
    `select ${organizationColumns} from organizations o
     where (o.app_id, o.organization) in (select * from unnest($1::text[], $2::text[]))`,
    [codes.map(({ appId }) => appId), codes.map(({ organization }) => organization)],
  );
  return new Map(rows.map((row) => [tenantKey(row), toOrganization(row)]));
}

async function possibleOrphansOf(db: Database, ids: string[]): Promise<Map<string, number>> {
  const { rows } = await db.query<{ codeId: string; count: number }>(
    `select code_id as "codeId", count(*)::int as count from attempts
     where code_id = any($1::text[]) and possible_orphan group by code_id`,
    [ids],
  );
  return new Map(rows.map(({ codeId, count }) => [codeId, count]));
}

function tenantKey({ appId, organization }: { appId: string; organization: string }): string {
  return JSON.stringify([appId, organization]);
}
