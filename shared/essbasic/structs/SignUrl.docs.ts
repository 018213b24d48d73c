import type { FieldDocs } from '../field-doc.ts';
import type { SignUrl } from './SignUrl.ts';

export const signUrlDocs: FieldDocs<typeof SignUrl> = {
  AppSignUrl: {
    zh: '小程序内的路径，供自有应用或小程序直接打开',
    en: 'Path inside the mini-programme, for an app or mini-programme that opens it itself',
    since: '2022-08-02',
  },
  EffectiveTime: {
    zh: '链接有效时间，形如 2022-08-05 15:55:01；示例中也有空串',
    en: 'Until when the links work, like 2022-08-05 15:55:01; in some examples it is empty',
    since: '2022-08-02',
  },
  HttpSignUrl: {
    zh: '打开后唤起小程序的网页',
    en: 'Web page that opens the mini-programme',
    since: '2022-08-02',
  },
};
