/** Why a call is made, in one line for a person. Never a value of the environment. */
import { inBoth, inLanguage, type Text } from '../../shared/text.ts';

export const notThere: Text = { zh: '尚不存在', en: 'is not there yet' };

/** What it is that a reason is about. */
export const named = (name: string, reason: Text): Text =>
  inBoth((language) => `${name} ${reason[language]}`);

/** What is to become of a setting. */
export function change(setting: string, from: string | Text, to: string | Text): Text {
  return {
    zh: `${setting} 由 ${inLanguage(from, 'zh')} 改为 ${inLanguage(to, 'zh')}`,
    en: `${setting} from ${inLanguage(from, 'en')} to ${inLanguage(to, 'en')}`,
  };
}

/** Several reasons in one line. */
export const together = (reasons: readonly Text[]): Text =>
  inBoth((language) => reasons.map((reason) => reason[language]).join(language === 'zh' ? '，' : ', '));
