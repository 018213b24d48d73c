import { wrongEncoding } from '../../../shared/store/postgres/database-fitness.ts';
import { byStatement } from '../by-statement.ts';
import { type Check, fail, ok } from '../check.ts';

/** Can it hold every text that people write? */
export const databaseEncoding: Check<'DATABASE_URL'> = {
  id: 'database-encoding',
  needs: ['database'],
  variables: ['DATABASE_URL'],
  async run(_config, examination) {
    const misfit = await wrongEncoding(examination.database());
    if (misfit === undefined) return ok({ en: 'UTF8', zh: 'UTF8' });
    return fail(misfit.text, byStatement(misfit));
  },
};
