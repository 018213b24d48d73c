import { Failure } from '../../../shared/errors.ts';
import { serverVersion } from '../../../shared/store/database-facts.ts';
import { type Check, fail, ok } from '../check.ts';
import { reasonOf } from '../run-checks.ts';

/** Is the database reached, with these credentials? */
export const database: Check<'DATABASE_URL'> = {
  id: 'database',
  needs: [],
  variables: ['DATABASE_URL'],
  async run(_config, examination) {
    try {
      await serverVersion(examination.database());
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const reason = reasonOf(error);
      return fail(
        { en: `The database cannot be used: ${reason.en}`, zh: `数据库不可用：${reason.zh}` },
        {
          en: 'Check DATABASE_URL and the security group; a database in a VPC is reached from inside it alone (else: --skip database)',
          zh: '检查 DATABASE_URL 与安全组；VPC 内的数据库只能从该 VPC 内访问（否则用 --skip database）',
        },
      );
    }
    return ok({ en: 'The database answers', zh: '数据库可以连接' });
  },
};
