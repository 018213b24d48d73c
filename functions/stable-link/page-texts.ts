/** What a person at the gate needs to know, and nothing else: why in detail is for the people who run the code. */
import type { CodeState } from '../../shared/codes/code.ts';
import type { Text } from '../../shared/text.ts';

/** What a page says. `next`: what to do, and what happens by itself. */
export interface Message {
  sign: Sign;
  title: Text;
  next: Text;
}

/** The picture beside the words: for those who read neither language. */
export type Sign = 'wait' | 'pause' | 'stop';

const renewing: Message = {
  sign: 'wait',
  title: { zh: '签署码正在更新', en: 'The code is being renewed' },
  next: {
    zh: '请稍候，更新好后本页自动进入签署。',
    en: 'Please wait a moment: this page goes on to the signing by itself.',
  },
};

/** Of codes that may be scanned again without a new poster. */
const passing: Readonly<Partial<Record<CodeState, Message>>> = {
  Creating: {
    sign: 'wait',
    title: { zh: '签署码正在准备', en: 'The code is being prepared' },
    next: {
      zh: '请稍候，准备好后本页自动进入签署。',
      en: 'Please wait a moment: this page goes on to the signing by itself.',
    },
  },
  QuotaBlocked: {
    sign: 'wait',
    title: { zh: '合同份数暂时用完', en: 'No contracts are left for now' },
    next: {
      zh: '暂时不能签署。可以不关本页：补足后自动进入签署；也可稍后再扫。',
      en: 'Nobody can sign at the moment. You may leave this page open: it goes on to the signing when there are contracts again. Or scan again later.',
    },
  },
  Paused: {
    sign: 'pause',
    title: { zh: '此签署码已暂停', en: 'This code is paused' },
    next: {
      zh: '暂时不能签署。可以不关本页：恢复后自动进入签署；也可稍后再扫。',
      en: 'Nobody can sign at the moment. You may leave this page open: it goes on to the signing when the code is resumed. Or scan again later.',
    },
  },
};

const newOne: Text = { zh: '请向工作人员索取新的签署码。', en: 'Please ask for a new code.' };

const ended = (zh: string, en: string): Message => ({ sign: 'stop', title: { zh, en }, next: newOne });

const over: Readonly<Partial<Record<CodeState, Message>>> = {
  Cancelled: ended('此签署码已停用', 'This code has been ended'),
  Expired: ended('此签署码已过期', 'This code has expired'),
  Exhausted: ended('此签署码的份数已用完', 'All contracts of this code are used'),
  OutcomeUnknown: ended('此签署码未能生成', 'This code could not be made'),
};

/** Also of a code that is marked as alive and is not: out of time, or without any address. */
const noLonger = ended('此签署码已失效', 'This code no longer works');

export const unknown: Message = {
  sign: 'stop',
  title: { zh: '没有这个签署码', en: 'There is no such code' },
  next: {
    zh: '二维码可能已破损或被替换，请重新扫描现场的海报。',
    en: 'The picture may be damaged or out of date. Please scan the poster again.',
  },
};

export const trouble: Message = {
  sign: 'wait',
  title: { zh: '系统繁忙', en: 'The system is busy' },
  next: {
    zh: '请稍候，本页会自动再试。',
    en: 'Please wait a moment: this page tries again by itself.',
  },
};

export function messageOf(state: CodeState, isPassing: boolean): Message {
  return isPassing ? (passing[state] ?? renewing) : (over[state] ?? noLonger);
}

/** Whom to ask, where the organisation has not said it. */
export const peopleOnSite: Text = { zh: '现场工作人员', en: 'the people on site' };

export const words = {
  title: { zh: '签署码', en: 'Sign code' },
  ask: { zh: '有问题请联系：', en: 'Questions? Ask ' },
  again: { zh: '再试一次', en: 'Try again' },
} as const satisfies Record<string, Text>;
