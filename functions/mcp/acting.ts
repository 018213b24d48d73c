import * as z from 'zod/mini';

const openId = z.optional(z.string().check(z.minLength(1), z.maxLength(64)));

/** The arguments that say who acts upstream; what is left out is as the key has it. */
export const acting = { ProxyOrganizationOpenId: openId, ProxyOperatorOpenId: openId };

export const actingTexts = {
  ProxyOrganizationOpenId: {
    zh: '企业；密钥有默认企业时可不填',
    en: 'The organisation; may be left out where the key has one of its own',
  },
  ProxyOperatorOpenId: {
    zh: '该企业的经办人；密钥有默认经办人时可不填',
    en: 'Its operator; may be left out where the key has one of its own',
  },
};
