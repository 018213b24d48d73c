import { missingTableRight } from '../../../shared/store/postgres/database-fitness.ts';
import { byStatement } from '../by-statement.ts';
import { type Check, fail, ok } from '../check.ts';

/** May the functions work with the rows of their tables? */
export const databaseRights: Check<'DATABASE_URL'> = {
  id: 'database-rights',
  needs: ['migrations'],
  variables: ['DATABASE_URL'],
  async run(_config, examination) {
    const misfit = await missingTableRight(examination.database());
    if (misfit === undefined) return ok({ en: 'Every table can be read and changed', zh: '所有表均可读写' });
    return fail(misfit.text, byStatement(misfit));
  },
};
