import type { FieldDocs } from '../field-doc.ts';
import type { ApproverRestriction } from './ApproverRestriction.ts';

/** Which of them must come together is not published. */
export const approverRestrictionDocs: FieldDocs<typeof ApproverRestriction> = {
  Name: { zh: '姓名', en: 'Name of the person' },
  Mobile: { zh: '手机号，11 位数字', en: 'Mobile number of eleven digits' },
  IdCardType: {
    zh: '证件类型：身份证、港澳居民来往内地通行证、港澳台居民居住证',
    en: 'Kind of identity document: mainland ID card, travel permit for Hong Kong and Macao residents, residence permit for residents of Hong Kong, Macao and Taiwan',
  },
  IdCardNumber: { zh: '证件号码，字母须大写', en: 'Number of the document, letters in upper case' },
};
