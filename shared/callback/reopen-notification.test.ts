import { describe, expect, it } from 'vitest';
import { composeNotification } from './compose-notification.ts';
import { createReopener } from './reopen-notification.ts';

const keys = ['0123456789ABCDEF0123456789ABCDEF', 'FEDCBA9876543210FEDCBA9876543210'];
const message = { MsgId: 'a', MsgType: 'b', MsgVersion: 'c', MsgData: { d: 1 } };
const opened = { msgId: 'a', msgType: 'b', msgVersion: 'c', data: { d: 1 } };
const kept = (key?: string) => ({
  body: composeNotification(message, key === undefined ? {} : { key }).body.toString(),
});

describe('a reopener', () => {
  it('opens what any of the keys has encrypted, and what came in clear', () => {
    const reopen = createReopener(keys);
    expect(keys.map((key) => reopen(kept(key)))).toEqual([opened, opened]);
    expect(reopen(kept())).toEqual(opened);
  });

  it('opens nothing whose key is gone, and nothing that is no message', () => {
    const reopen = createReopener(keys.slice(0, 1));
    expect(reopen(kept(keys[1]))).toBeUndefined();
    expect(reopen({ body: '{}' })).toBeUndefined();
    expect(reopen({ body: '' })).toBeUndefined();
  });
});
