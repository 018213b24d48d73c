import { type Config, callbackBaseUrl, type callbackUrlVariables } from '../../shared/runtime/config.ts';
import { type Finding, fail } from './check.ts';
import type { HttpProbe, Reply } from './http-probe.ts';
import { Unreachable } from './http-probe.ts';

type CallbackConfig = Config<(typeof callbackUrlVariables)[number]>;

/** Posts to the callback address, and judges the answer; that there is none is a finding of its own. */
export async function postNotification(
  config: CallbackConfig,
  http: HttpProbe,
  message: { body: string | Buffer; headers: Readonly<Record<string, string>> },
  judge: (reply: Reply) => Finding,
): Promise<Finding> {
  try {
    return judge(await http(callbackBaseUrl(config), { method: 'POST', ...message }));
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    return fail(
      {
        en: `The callback address cannot be reached: ${error.why.en}`,
        zh: `回调地址无法访问：${error.why.zh}`,
      },
      {
        en: 'Check CALLBACK_BASE_URL, or PUBLIC_BASE_URL and the path rule for /callback-handler',
        zh: '检查 CALLBACK_BASE_URL，或 PUBLIC_BASE_URL 与 /callback-handler 的路径规则',
      },
    );
  }
}
