import { migrationStatus } from '../../../shared/store/migrations/migration-status.ts';
import { missingRight } from '../../../shared/store/postgres/database-fitness.ts';
import { byStatement } from '../by-statement.ts';
import { type Check, fail, ok } from '../check.ts';

/** Is the schema that of this version? */
export const migrations: Check<'DATABASE_URL'> = {
  id: 'migrations',
  needs: ['database-version'],
  variables: ['DATABASE_URL'],
  async run(_config, examination) {
    const { pending, altered, unknown } = await migrationStatus(examination.database());
    if (altered.length > 0) {
      const list = altered.join(', ');
      return fail(
        { en: `Applied with another text: ${list}`, zh: `已执行的迁移与代码不符：${list}` },
        { en: 'Deploy the version that built this database', zh: '请部署建立此数据库时的版本' },
      );
    }
    if (unknown.length > 0) {
      const list = unknown.join(', ');
      return fail(
        { en: `The database is newer than this version: ${list}`, zh: `数据库比此版本新：${list}` },
        { en: 'Deploy the newer version again', zh: '请重新部署较新的版本' },
      );
    }
    if (pending.length === 0) return ok({ en: 'Every migration is applied', zh: '所有迁移均已执行' });
    const list = pending.join(', ');
    const misfit = await missingRight(examination.database());
    if (misfit !== undefined) {
      const { en, zh } = misfit.text;
      return fail(
        { en: `Not applied yet: ${list}; ${en}`, zh: `尚未执行：${list}；${zh}` },
        byStatement(misfit),
      );
    }
    return fail(
      { en: `Not applied yet: ${list}`, zh: `尚未执行：${list}` },
      {
        en: 'Invoke migrate-database once, or run npm run migrate from inside the VPC',
        zh: '调用一次 migrate-database，或在 VPC 内运行 npm run migrate',
      },
    );
  },
};
