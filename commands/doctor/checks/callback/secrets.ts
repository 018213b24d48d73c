import { type Check, type Finding, fail, ok, warn } from '../../check.ts';

type Variable = 'ESS_CALLBACK_KEYS' | 'ESS_CALLBACK_TOKENS' | 'ESS_CALLBACK_PLAINTEXT';

/** Can notifications be proved and decrypted? That each key and token is well-formed is known by now. */
export const callbackSecrets: Check<Variable> = {
  id: 'callback-secrets',
  needs: [],
  variables: ['ESS_CALLBACK_KEYS', 'ESS_CALLBACK_TOKENS', 'ESS_CALLBACK_PLAINTEXT'],
  async run({ ESS_CALLBACK_KEYS: keys, ESS_CALLBACK_TOKENS: tokens, ESS_CALLBACK_PLAINTEXT: plaintext }) {
    if (keys.length === 0 && plaintext === 'refuse') return noKey;
    if (hasTwins(keys) || hasTwins(tokens)) return twins;
    if (plaintext === 'accept') return accepting;
    return ok({
      en: `${count(keys, 'key')} and ${count(tokens, 'token')}, the first of each being the newest`,
      zh: `密钥 ${keys.length} 个、Token ${tokens.length} 个，各以第一个为最新`,
    });
  },
};

const hasTwins = (items: readonly string[]) => new Set(items).size < items.length;
const count = ({ length }: readonly string[], word: string) => `${length} ${word}${length === 1 ? '' : 's'}`;

const noKey: Finding = fail(
  {
    en: 'ESS_CALLBACK_KEYS is not set, and plain text is refused',
    zh: '未设置 ESS_CALLBACK_KEYS，且不接受明文',
  },
  {
    en: 'Make a key in the console of Tencent e-sign and put it here',
    zh: '在腾讯电子签控制台生成回调加密密钥并填入',
  },
);

const twins: Finding = warn(
  { en: 'A key or token stands twice in its list', zh: '密钥或 Token 列表中有重复项' },
  { en: 'List each once, the newest first', zh: '每个只列一次，新的在前' },
);

const accepting: Finding = warn(
  {
    en: 'Notifications in plain text are accepted: their signature alone protects them',
    zh: '接受明文回调，仅由签名保护',
  },
  {
    en: 'Set a key in the console of Tencent e-sign, and ESS_CALLBACK_PLAINTEXT=refuse',
    zh: '在腾讯电子签控制台设置加密密钥，并将 ESS_CALLBACK_PLAINTEXT 设为 refuse',
  },
);
