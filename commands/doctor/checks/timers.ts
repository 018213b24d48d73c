import { overdueWork } from '../../../shared/store/overdue-work.ts';
import { type Check, fail, ok } from '../check.ts';

/** Do the timers do their work? */
export const timers: Check<'DATABASE_URL'> = {
  id: 'timers',
  needs: ['migrations'],
  variables: ['DATABASE_URL'],
  async run(_config, examination) {
    const work = await overdueWork(examination.database());
    const late = work.filter(({ count }) => count > 0);
    if (late.length === 0) {
      const names = work.map(({ functionName }) => functionName).join(', ');
      return ok({ en: `Nothing is overdue for ${names}`, zh: `没有积压：${names}` });
    }
    const list = late.map(({ functionName, count }) => `${functionName}: ${count}`).join(', ');
    return fail(
      { en: `Work that a timer should have done long ago: ${list}`, zh: `定时函数积压：${list}` },
      {
        en: 'Look whether the timer is on, and into the logs of the function; see docs/operate.md',
        zh: '检查定时触发器是否开启，并查看函数日志；见 docs/operate.zh-CN.md',
      },
    );
  },
};
