import { Failure } from '../../../shared/errors.ts';
import { databaseNowMs } from '../../../shared/store/postgres/database-facts.ts';
import { type Check, type Finding, fail, ok, warn } from '../check.ts';
import { reasonOf } from '../run-checks.ts';

/** Is the database reached, with these credentials? */
export const database: Check<'DATABASE_URL'> = {
  id: 'database',
  needs: [],
  variables: ['DATABASE_URL'],
  async run(_config, examination) {
    try {
      const sentAtMs = examination.nowMs();
      const nowMs = await databaseNowMs(examination.database());
      // It was that time at some moment between asking and hearing.
      return judge(nowMs - Math.min(Math.max(nowMs, sentAtMs), examination.nowMs()));
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
  },
};

/** A clock that is watched over is not off by so much. Seconds. */
const warnFromS = 30;

/** @param aheadMs of this machine's clock */
function judge(aheadMs: number): Finding {
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  if (seconds <= warnFromS) {
    return ok({
      en: `The database answers; its clock and this machine's are ${seconds} s apart`,
      zh: `数据库可以连接；其时钟与本机相差 ${seconds} 秒`,
    });
  }
  return warn(
    {
      en: `The database answers; its clock is ${seconds} s ${aheadMs > 0 ? 'ahead of' : 'behind'} this machine's`,
      zh: `数据库可以连接；其时钟比本机${aheadMs > 0 ? '快' : '慢'} ${seconds} 秒`,
    },
    {
      en: 'A local run whose clock was moved lives by that clock, and so do its keys. Any other database: let its server and this machine keep their time by NTP',
      zh: '本机运行的时钟若被拨动，则一切（含密钥）均以该时钟为准；若为其他数据库，请用 NTP 校准其服务器与本机的时钟',
    },
  );
}
