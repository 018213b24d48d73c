/** What every poster says. */
import type { Text } from '../text.ts';

export const words = {
  headline: { zh: '扫码签署合同', en: 'Scan to sign your contract' },
  /** The signing itself takes place in a mini-programme of WeChat. */
  app: { zh: '请用微信扫码', en: 'Scan with WeChat' },
  steps: [
    { zh: '打开微信，扫描二维码', en: 'Open WeChat and scan the code' },
    { zh: '实名认证，填写信息', en: 'Prove who you are, fill in your details' },
    { zh: '核对合同，签名提交', en: 'Check the contract and sign it' },
  ],
  ask: { zh: '有问题请联系：', en: 'Questions? Ask ' },
  /** Whom to ask, where the organisation has not said it. */
  peopleOnSite: { zh: '现场工作人员', en: 'the people on site' },
} as const satisfies Record<string, Text | readonly Text[]>;
