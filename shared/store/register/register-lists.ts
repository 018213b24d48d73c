import type { RegisterLists } from '../../codes/reading/ports.ts';
import type { Database } from '../postgres/database.ts';
import { type FactRows, factStatements, toRecords } from './code-facts.ts';
import { listStatement } from './list-statement.ts';
import type { CodeRow } from './register-rows.ts';

/** Reading pages of the register. */
export function registerLists(db: Database): RegisterLists {
  return {
    async list(filter, page) {
      const { text, params } = listStatement(filter, page);
      const { rows } = await db.query<CodeRow>(text, params);
      if (rows.length === 0) return [];
      const ids = rows.map(({ codeId }) => codeId);
      const facts = factStatements((param) => `${param(ids)}::text[]`, page.generations);
      return toRecords(rows, await db.batch<FactRows>(facts));
    },
  };
}
