import type { Config } from '../../shared/runtime/config.ts';
import { type Finding, fail } from './check.ts';
import type { HttpProbe, Reply } from './http-probe.ts';
import { Unreachable } from './http-probe.ts';

/** The variables that say where Tencent posts to. */
export const callbackVariables = ['CALLBACK_BASE_URL', 'PUBLIC_BASE_URL'] as const;

type CallbackConfig = Config<(typeof callbackVariables)[number]>;

/** What is entered as the callback address in the console of Tencent e-sign. */
export function callbackUrl({ CALLBACK_BASE_URL, PUBLIC_BASE_URL }: CallbackConfig): string {
  return CALLBACK_BASE_URL ?? `${PUBLIC_BASE_URL}/callback-handler`;
}

/** Posts to the callback address, and judges the answer; that there is none is a finding of its own. */
export async function postNotification(
  config: CallbackConfig,
  http: HttpProbe,
  message: { body: string | Buffer; headers: Readonly<Record<string, string>> },
  judge: (reply: Reply) => Finding,
): Promise<Finding> {
  try {
    return judge(await http(callbackUrl(config), { method: 'POST', ...message }));
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    return fail(
      {
        en: `The callback address cannot be reached: ${error.message}`,
        zh: `回调地址无法访问：${error.message}`,
      },
      {
        en: 'Check CALLBACK_BASE_URL, or PUBLIC_BASE_URL and the path rule for /callback-handler',
        zh: '检查 CALLBACK_BASE_URL，或 PUBLIC_BASE_URL 与 /callback-handler 的路径规则',
      },
    );
  }
}
