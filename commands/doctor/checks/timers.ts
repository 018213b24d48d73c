import { overdueWork } from '../../../shared/store/upkeep/overdue-work.ts';
import { type Check, fail, ok } from '../check.ts';

/** Do the timers do their work? */
export const timers: Check<'DATABASE_URL'> = {
  id: 'timers',
  needs: ['migrations'],
  variables: ['DATABASE_URL'],
  async run(_config, examination) {
    const found = await overdueWork(examination.database());
    const late = found.filter(({ count }) => count > 0);
    if (late.length === 0) {
      const kinds = found.map(({ work }) => work).join(', ');
      return ok({ en: `Nothing is overdue: ${kinds}`, zh: `没有积压：${kinds}` });
    }
    const list = late.map(({ work, count }) => `${work}: ${count}`).join(', ');
    return fail(
      { en: `Work that a timer should have done long ago: ${list}`, zh: `定时函数积压：${list}` },
      {
        en: 'Look whether the timers are on, and into the logs of their functions; see docs/operate.md',
        zh: '检查定时触发器是否开启，并查看其函数的日志；见 docs/operate.zh-CN.md',
      },
    );
  },
};
