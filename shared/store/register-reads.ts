import type { Generation } from '../codes/code.ts';
import type { CodeKey, CodeRecord, RegisterReads } from '../codes/ports.ts';
import type { Database } from './database.ts';
import { listStatement } from './list-statement.ts';
import {
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
  return codes.map((row) => {
    const history = generations.get(row.codeId) ?? [];
    return {
      code: toCode(row, history[0] ?? null),
      generations: history,
      organization: organizations.get(tenantKey(row)),
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
  const byCode = new Map<string, Generation[]>();
  for (const generation of rows.map(toGeneration)) {
    const known = byCode.get(generation.codeId);
    if (known) known.push(generation);
    else byCode.set(generation.codeId, [generation]);
  }
  return byCode;
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
