import { Failure } from '../../../shared/errors.ts';
import { createSeal, sealKeyIds } from '../../../shared/runtime/seal.ts';
import { inBoth } from '../../../shared/text.ts';
import { type Check, fail, ok, warn } from '../check.ts';

/** A trial text, which says nothing. */
const trial = 'qianma';

/** Can what names signers be sealed, and opened again? */
export const registerKeys: Check<'REGISTER_KEYS'> = {
  id: 'register-keys',
  needs: [],
  variables: ['REGISTER_KEYS'],
  async run({ REGISTER_KEYS }) {
    const makeKeys = {
      en: 'Make one with: openssl rand -base64 32',
      zh: '可用 openssl rand -base64 32 生成',
    };
    if (REGISTER_KEYS === undefined) {
      return warn(
        {
          en: 'REGISTER_KEYS is not set: codes with Restrictions cannot be created',
          zh: '未设置 REGISTER_KEYS，不能创建限定签署人的签署码',
        },
        makeKeys,
      );
    }
    try {
      const seal = createSeal(REGISTER_KEYS);
      if (seal.open(seal.seal(trial)) !== trial) throw new Error('A sealed text did not open to itself');
    } catch (error) {
      if (!(error instanceof Failure) || error.detail === undefined) throw error;
      return fail(
        inBoth((language) => error.sentence(language)),
        makeKeys,
      );
    }
    const ids = sealKeyIds(REGISTER_KEYS);
    return ok({
      en: `${ids.length} usable, newest first: ${ids.join(', ')}`,
      zh: `${ids.length} 个可用，新的在前：${ids.join('、')}`,
    });
  },
};
