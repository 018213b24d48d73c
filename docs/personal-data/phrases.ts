import type { Text } from '../../shared/text.ts';

/** What is said of several data. */
export const nobody: Text = {
  zh: '无人：任何应答都不显示；续期与重试时发给腾讯',
  en: 'nobody: no answer shows it; Tencent gets it with each successor or try',
};
export const readers: Text = {
  zh: '持该企业密钥者，`viewer` 起',
  en: 'keys of the organisation, from `viewer` on',
};
export const admins: Text = {
  zh: '不限企业的 `admin`',
  en: 'an `admin` of all organisations',
};
export const withRow: Text = { zh: '随该行删除', en: 'with the row' };
