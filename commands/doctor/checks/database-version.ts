import { leastMajorVersion, serverVersion } from '../../../shared/store/postgres/database-facts.ts';
import { type Check, fail, ok } from '../check.ts';

/** Is the server one that the statements are written for? */
export const databaseVersion: Check<'DATABASE_URL'> = {
  id: 'database-version',
  needs: ['database'],
  variables: ['DATABASE_URL'],
  async run(_config, examination) {
    const { major, text } = await serverVersion(examination.database());
    if (major >= leastMajorVersion) return ok({ en: `PostgreSQL ${text}`, zh: `PostgreSQL ${text}` });
    return fail(
      {
        en: `PostgreSQL ${text} is too old: ${leastMajorVersion} is the least`,
        zh: `PostgreSQL ${text} 版本过低，至少需要 ${leastMajorVersion}`,
      },
      { en: 'Upgrade the major version of the instance', zh: '请升级实例的大版本' },
    );
  },
};
