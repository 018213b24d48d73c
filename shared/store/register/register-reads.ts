import type { CodeKey } from '../../codes/ports.ts';
import type { CreationReads, ExternalIds, RegisterReads } from '../../codes/reading/ports.ts';
import type { Scope } from '../../world.ts';
import type { Database, Statement } from '../postgres/database.ts';
import { statementOf } from '../postgres/statements.ts';
import { codeCondition, codeIdSql } from './code-conditions.ts';
import { type FactRows, factStatements, toRecords } from './code-facts.ts';
import {
  type CodeRow,
  codeColumns,
  type GenerationRow,
  generationColumns,
  toCode,
  toGeneration,
} from './register-rows.ts';

/** More generations than any policy allows. */
const allGenerations = 20_000;

/** Reading one code, if the caller may see it. */
export function registerReads(db: Database): RegisterReads {
  return {
    async find(key, scope) {
      const ids = factStatements((param) => `array[${codeIdSql(key, param)}]`, allGenerations);
      const [codes, ...facts] = await db.batch<[CodeRow, ...FactRows]>([codeStatement(key, scope), ...ids]);
      return toRecords(codes.rows, facts)[0];
    },
  };
}

/** Reading what a create left behind, whoever asked for it. */
export function creationReads(db: Database): CreationReads {
  return {
    async findCreated(codeId) {
      const params = [codeId];
      const [codes, made] = await db.batch<[CodeRow, GenerationRow]>([
        { text: `select ${codeColumns} from codes c where c.code_id = $1`, params },
        {
          text: `select ${generationColumns} from generations g where g.code_id = $1 order by g.number desc`,
          params,
        },
      ]);
      const generations = made.rows.map(toGeneration);
      return codes.rows.map((row) => ({ code: toCode(row, generations[0] ?? null), generations }))[0];
    },
  };
}

function codeStatement(key: CodeKey, scope: Scope): Statement {
  return statementOf(
    (param) => `select ${codeColumns} from codes c where ${codeCondition(key, scope, param)}`,
  );
}

/** Finding codes by the id that the caller's own system has of them. */
export function externalIds(db: Database): ExternalIds {
  return {
    async codesOf(externalId, scope) {
      const { rows } = await db.query<{ codeId: string; isCancelled: boolean }>(
        `select c.code_id as "codeId", c.state = 'Cancelled' as "isCancelled" from codes c
         where c.external_id = $1
           and ($2::text is null or (c.app_id = $2 and c.organization = any($3::text[])))
         order by c.state = 'Cancelled', c.created_at desc, c.code_id limit 2`,
        [externalId, scope?.appId ?? null, scope?.organizations ?? null],
      );
      return rows;
    },
  };
}
