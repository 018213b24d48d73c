import { sealKeyIds } from '../../../shared/runtime/seal.ts';
import { sealedKeyUses } from '../../../shared/store/access/sealed-keys.ts';
import { type Check, fail, ok } from '../check.ts';

/** Is every key there that a stored text was sealed with? */
export const sealedTexts: Check<'DATABASE_URL' | 'REGISTER_KEYS'> = {
  id: 'sealed-texts',
  needs: ['migrations', 'register-keys'],
  variables: ['DATABASE_URL', 'REGISTER_KEYS'],
  async run({ REGISTER_KEYS }, examination) {
    const present = new Set(sealKeyIds(REGISTER_KEYS));
    const uses = await sealedKeyUses(examination.database());
    const missing = uses.filter(({ keyId }) => !present.has(keyId));
    const list = (some: typeof uses) => some.map(({ keyId, count }) => `${keyId}: ${count}`).join(', ');
    if (missing.length > 0) {
      return fail(
        {
          en: `Texts are sealed with keys that are missing (${list(missing)}): those codes cannot be renewed, those subscribers not be reached`,
          zh: `缺少以下密钥（${list(missing)}）：相应的签署码无法续期，相应的订阅无法投递`,
        },
        {
          en: 'Put the old keys back into REGISTER_KEYS, behind the newest',
          zh: '把旧密钥放回 REGISTER_KEYS，列在新密钥之后',
        },
      );
    }
    if (uses.length === 0) return ok({ en: 'No text needs a key', zh: '没有内容需要密钥' });
    return ok({
      en: `Every sealed text has its key; texts by key: ${list(uses)}`,
      zh: `加密内容均有对应密钥；各密钥的条数：${list(uses)}`,
    });
  },
};
