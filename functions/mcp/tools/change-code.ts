import * as z from 'zod/mini';
import { modifyCode } from '../../../shared/codes/life/modify-code.ts';
import { oneCode } from '../../../shared/codes/reading/code-key.ts';
import { once } from '../once.ts';
import { showCode } from '../shown-code.ts';
import { tool } from '../tool.ts';
import { keyOf, whichCode, whichCodeTexts } from '../which-code.ts';

const reused = {
  zh: '此 Version 已用于另一次更改：请用 find_codes 取得当前的 Version',
  en: 'This Version was used for another change: get the present one with find_codes',
};

export const changeCode = tool({
  name: 'change_code',
  role: 'operator',
  title: { zh: '暂停、恢复或续期', en: 'Pause, resume or renew a code' },
  text: {
    zh: '暂停（Pause，固定链接不再放行，可恢复）、恢复（Resume）或立即续期（RenewNow，由定时任务在一分钟左右完成）一张签署码。Version 取自 find_codes；相同的调用重复多次，只生效一次。',
    en: 'Pauses a code (its stable link lets nobody through, until it is resumed), resumes it, or has it renewed now (the timer does it within about a minute). Version comes from find_codes; the same call repeated has its effect once.',
  },
  request: z
    .strictObject({
      ...whichCode,
      Operation: z.enum(['Pause', 'Resume', 'RenewNow']),
      Version: z.int().check(z.minimum(1)),
    })
    .check(oneCode),
  members: {
    ...whichCodeTexts,
    Operation: { zh: '做什么', en: 'What to do' },
    Version: { zh: '您所看到的 Version', en: 'The Version that you have seen' },
  },
  async run({ Operation, Version, ...which }, call) {
    const { resources, caller, principal, event } = call;
    const key = await keyOf(call, which);
    const { CodeId } = await showCode(resources, key, caller.scope);
    event.facts.codeId = CodeId;
    event.beginWork({ readOnly: false });
    const ports = { register: resources.writes, surroundings: resources.surroundings };
    await once(
      call,
      { owner: principal.line, key: `${Operation}:${CodeId}:${Version}`, payload: {}, reused },
      async () => {
        await modifyCode(ports, { key, version: Version, operation: Operation, ...caller });
        return { CodeId };
      },
    );
    return { Code: await showCode(resources, { by: 'CodeId', value: CodeId }, caller.scope) };
  },
});
