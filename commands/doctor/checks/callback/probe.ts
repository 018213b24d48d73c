import { callbackBaseUrl, callbackUrlVariables } from '../../../../shared/runtime/config.ts';
import { postNotification } from '../../callback-address.ts';
import { type Check, fail, ok } from '../../check.ts';
import { problemText } from '../../http-probe.ts';

/** Does the callback address answer what Tencent tries it with? */
export const callbackProbe: Check<(typeof callbackUrlVariables)[number]> = {
  id: 'callback-probe',
  needs: [],
  variables: callbackUrlVariables,
  async run(config, { http }) {
    const message = { body: '{}', headers: { 'Content-Type': 'application/json' } };
    return postNotification(config, http, message, ({ status, body }) => {
      const url = callbackBaseUrl(config);
      if (status === 200) return ok({ en: `${url} answers the probe`, zh: `${url} 对探测应答正常` });
      return fail(
        {
          en: `The probe got ${status} instead of 200: ${problemText(body)}`,
          zh: `探测得到 ${status} 而不是 200：${problemText(body)}`,
        },
        {
          en: 'Tencent takes such an address for dead: deploy callback-handler, with all that it needs',
          zh: '腾讯会视此地址不可用：请部署 callback-handler 并补全其配置',
        },
      );
    });
  },
};
