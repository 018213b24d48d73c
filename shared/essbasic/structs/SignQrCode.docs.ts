import type { FieldDocs } from '../field-doc.ts';
import type { SignQrCode } from './SignQrCode.ts';

export const signQrCodeDocs: FieldDocs<typeof SignQrCode> = {
  QrCodeId: {
    zh: '签署码编号，32 位；取消时需要',
    en: 'Id of the code, 32 characters; a cancel needs it',
    since: '2022-06-13',
  },
  QrCodeUrl: {
    zh: '签署码链接。文档称需自行转成二维码，其示例却是现成图片',
    en: 'URL of the code. The text says it is to be drawn as a QR code, the examples are pictures already',
    since: '2022-06-13',
  },
  ExpiredTime: { zh: '截止时间，Unix 秒', en: 'When it ends, Unix seconds', since: '2022-06-13' },
  WeixinQrCodeUrl: { zh: '微信小程序码图片', en: 'Picture of the mini-programme code', since: '2024-12-20' },
};
