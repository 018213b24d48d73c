import { sealKeyIds } from '../../../shared/runtime/seal.ts';
import { sealedKeyUses } from '../../../shared/store/sealed-keys.ts';
import { type Check, fail, ok } from '../check.ts';

/** Is every key there that a text of the register was sealed with? */
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
          en: `Codes are sealed with keys that are missing (${list(missing)}): they cannot be renewed`,
          zh: `缺少以下密钥，相应的签署码无法续期（${list(missing)}）`,
        },
        {
          en: 'Put the old keys back into REGISTER_KEYS, behind the newest',
          zh: '把旧密钥放回 REGISTER_KEYS，列在新密钥之后',
        },
      );
    }
    if (uses.length === 0) return ok({ en: 'No code needs a key', zh: '没有签署码需要密钥' });
    return ok({
      en: `Every sealed code can be opened; codes by key: ${list(uses)}`,
      zh: `加密内容均可解开；各密钥对应的签署码数：${list(uses)}`,
    });
  },
};
