import { describe, expect, it } from 'vitest';
import { composeNotification } from './compose-notification.ts';
import { reopenNotification } from './reopen-notification.ts';

const keys = ['0123456789ABCDEF0123456789ABCDEF', 'FEDCBA9876543210FEDCBA9876543210'];
const message = { MsgId: 'a', MsgType: 'b', MsgVersion: 'c', MsgData: { d: 1 } };
const kept = (key?: string) => composeNotification(message, key === undefined ? {} : { key }).body.toString();

describe('reopenNotification', () => {
  it('opens what any of the keys has encrypted, and what came in clear', () => {
    expect(keys.map((key) => reopenNotification(kept(key), keys))).toEqual([message, message]);
    expect(reopenNotification(kept(), keys)).toEqual(message);
  });

  it('opens nothing whose key is gone, and nothing that is no message', () => {
    expect(reopenNotification(kept(keys[1]), keys.slice(0, 1))).toBeUndefined();
    expect(reopenNotification('{}', keys)).toBeUndefined();
    expect(reopenNotification('', keys)).toBeUndefined();
  });
});
