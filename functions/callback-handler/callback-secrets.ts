import type { CallbackSecrets } from '../../shared/callback/open-notification.ts';
import { Failure } from '../../shared/errors.ts';
import type { Config } from '../../shared/runtime/config.ts';

export const callbackVariables = [
  'ESS_CALLBACK_KEYS',
  'ESS_CALLBACK_PLAINTEXT',
  'ESS_CALLBACK_TOKENS',
] as const;

/** @throws Failure `Misconfigured` where nothing could be decrypted and plain text is not accepted either. */
export function callbackSecrets(config: Config<(typeof callbackVariables)[number]>): CallbackSecrets {
  const { ESS_CALLBACK_KEYS: keys, ESS_CALLBACK_TOKENS: tokens, ESS_CALLBACK_PLAINTEXT: plaintext } = config;
  if (keys.length === 0 && plaintext === 'refuse') {
    const message = 'is not set, and ESS_CALLBACK_PLAINTEXT does not accept plain text';
    throw new Failure('Misconfigured', {
      detail: `ESS_CALLBACK_KEYS ${message}`,
      problems: [{ path: 'ESS_CALLBACK_KEYS', message }],
    });
  }
  return { keys, tokens, plaintext };
}
