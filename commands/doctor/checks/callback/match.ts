import { composeNotification } from '../../../../shared/callback/compose-notification.ts';
import { callbackUrlVariables } from '../../../../shared/runtime/config.ts';
import { postNotification } from '../../callback-address.ts';
import { type Check, fail, ok, skipped } from '../../check.ts';
import { problemText } from '../../http-probe.ts';

type Variable = (typeof callbackUrlVariables)[number] | 'ESS_CALLBACK_KEYS' | 'ESS_CALLBACK_TOKENS';

/**
 * Does the deployment have the keys and tokens that are set here? An empty message, signed and encrypted with the
 * newest of each, is a probe for a deployment that can open it and a forgery for any other.
 */
export const callbackMatch: Check<Variable> = {
  id: 'callback-match',
  needs: ['callback-forgery', 'callback-secrets'],
  variables: [...callbackUrlVariables, 'ESS_CALLBACK_KEYS', 'ESS_CALLBACK_TOKENS'],
  async run(config, { http }) {
    const [key] = config.ESS_CALLBACK_KEYS;
    const [token] = config.ESS_CALLBACK_TOKENS;
    if (key === undefined || token === undefined) {
      return skipped({ en: 'Only what is encrypted can be tried', zh: '仅可检查加密的消息' });
    }
    const probe = composeNotification({}, { key, token });
    return postNotification(config, http, probe, ({ status, body }) => {
      if (status === 200) {
        return ok({
          en: 'The deployment has the newest key and token that are set here',
          zh: '部署中的密钥与 Token 与本机所设最新者一致',
        });
      }
      return fail(
        {
          en: `The newest key and token that are set here are not accepted (${status} ${problemText(body)})`,
          zh: `部署不接受本机所设的最新密钥与 Token（${status} ${problemText(body)}）`,
        },
        { en: 'Deploy again with this environment', zh: '用当前环境重新部署' },
      );
    });
  },
};
