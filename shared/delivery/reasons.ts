import * as text from '../text.ts';

/** Why a subscription or a delivery is as it is: the code and its facts are stored, the sentence is made when read. */
const sentences = {
  // Of a subscription.
  Created: { en: 'Created', zh: '已创建' },
  EnabledByPerson: { en: 'Enabled by a person', zh: '已人工启用' },
  DisabledByPerson: { en: 'Disabled by a person', zh: '已人工停用' },
  Gone: {
    en: 'The receiver answered 410 Gone: it wants no more events',
    zh: '接收方返回 410 Gone，表示不再接收事件',
  },
  FailedForDays: {
    en: 'Nothing but failures since {since}: correct the receiver, send a test event, then enable it again',
    zh: '自 {since} 起全部发送失败：请修复接收方，发送测试事件，再重新启用',
  },
  DeletedByPerson: { en: 'Deleted by a person', zh: '已人工删除' },
  // Of a delivery.
  Waiting: { en: 'About to be sent', zh: '等待发送' },
  Delivered: { en: 'The receiver took it', zh: '接收方已接收' },
  WillRetry: {
    en: 'Try {attempt} failed ({error}); it will be tried again',
    zh: '第 {attempt} 次发送失败（{error}），将自动重试',
  },
  LadderEnded: {
    en: 'Given up after {attempt} tries; the last failed with {error}. It can be replayed',
    zh: '共尝试 {attempt} 次后放弃，最后一次失败原因：{error}。可重放',
  },
  TestFailed: {
    en: 'The test event failed ({error}); tests are not tried again',
    zh: '测试事件发送失败（{error}），不再重试',
  },
  SubscriptionDisabled: {
    en: 'The subscription was disabled before it could be sent. It can be replayed',
    zh: '发送前订阅已停用。可重放',
  },
  Replayed: { en: 'A person asked to send it again', zh: '人工请求重新发送' },
} as const satisfies Record<string, text.Text>;

type ReasonCode = keyof typeof sentences;
export type Reason = text.Reason<ReasonCode>;

/** A reason in the vocabulary of the API. */
export function shownReason(reason: Reason) {
  return { Code: reason.code, ...text.shownText(text.reasonIn(sentences, reason)) };
}
