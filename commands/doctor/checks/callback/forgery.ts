import { randomBytes } from 'node:crypto';
import { composeNotification } from '../../../../shared/callback/compose-notification.ts';
import { callbackUrlVariables } from '../../../../shared/runtime/config.ts';
import { postNotification } from '../../callback-address.ts';
import { type Check, fail, ok } from '../../check.ts';

/** Is a message rejected that a stranger has signed? It is kept nowhere but as a rejection. */
export const callbackForgery: Check<(typeof callbackUrlVariables)[number]> = {
  id: 'callback-forgery',
  needs: ['callback-probe'],
  variables: callbackUrlVariables,
  async run(config, { http }) {
    const secret = () => randomBytes(16).toString('hex');
    const message = { MsgId: secret(), MsgType: 'qianma-doctor', MsgVersion: 'ThirdPartyApp', MsgData: {} };
    const forged = composeNotification(message, { key: secret(), token: secret() });
    return postNotification(config, http, forged, ({ status }) => {
      if (status === 401) return ok({ en: 'A forged message is refused', zh: '伪造的消息被拒绝' });
      return fail(
        { en: `A forged message got ${status} instead of 401`, zh: `伪造的消息得到 ${status} 而不是 401` },
        {
          en: 'Something other than callback-handler answers there: until that is clear, trust no notification',
          zh: '该地址的应答者不是 callback-handler；查明之前请勿信任任何回调',
        },
      );
    });
  },
};
