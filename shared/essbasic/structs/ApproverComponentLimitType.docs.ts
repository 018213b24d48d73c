import type { FieldDocs } from '../field-doc.ts';
import type { ApproverComponentLimitType } from './ApproverComponentLimitType.ts';

export const approverComponentLimitTypeDocs: FieldDocs<typeof ApproverComponentLimitType> = {
  RecipientId: { zh: '模板中的参与方编号', en: 'Id of the party in the template' },
  Values: {
    zh: '允许的签名方式：手写、个人印章、手写识别（OCR）、系统签名。同类产品 ess 中必填',
    en: 'The ways allowed: by hand, personal seal, by hand with recognition (OCR), made by the system. Required in the sibling product ess',
  },
};
