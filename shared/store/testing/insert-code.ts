import type { Code } from '../../codes/code.ts';
import type { Database } from '../postgres/database.ts';
import { insertStatement } from '../postgres/statements.ts';
import { changingCodeValues, fixedCodeValues, generationValues } from '../register/register-rows.ts';

/** A code as it lies in the table, without a lease, with its current generation. */
export async function insertCode(db: Database, code: Code): Promise<void> {
  const values = { ...fixedCodeValues(code), ...changingCodeValues(code), lease_token: '1' };
  const made = insertStatement('codes', values);
  await db.query(made.text, made.params);
  if (code.current === null) return;
  const generation = insertStatement('generations', generationValues(code.current));
  await db.query(generation.text, generation.params);
}
