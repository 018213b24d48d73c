import { describe, expect, it } from 'vitest';
import { membersOf } from './members.ts';
import { masked, saidIn } from './said.ts';

describe('the reason that a message gives', () => {
  it.each([
    [{ Reason: '企业合同额度不足' }, '企业合同额度不足'],
    [{ Error: { ErrMsg: 'no quota', Code: 1 } }, 'no quota'],
    [{ Msg: ' ', Desc: 'second best' }, 'second best'],
    [{ ErrorCode: 'OperationDenied.NoQuota' }, 'OperationDenied.NoQuota'],
  ])('is found in %j', (data, said) => {
    expect(saidIn(membersOf(data))).toBe(said);
  });

  it.each([
    [{ Reason: '扫码人欧阳测试无可用额度', Approver: { Name: '欧阳测试' } }, '扫码人***无可用额度'],
    [
      { Msg: 'no quota for Ann-Marie Li', user_name: 'Ann-Marie', RealName: 'Ann-Marie Li' },
      'no quota for ***',
    ],
    [{ Reason: '劳务合同 A 已满', FlowName: 'A' }, '劳务合同 A 已满'],
  ])('in %j does not repeat what the message itself calls a name', (data, said) => {
    expect(saidIn(membersOf(data))).toBe(said);
  });

  it.each([[{}], [{ Reason: 5 }], [{ FlowName: 'contract' }]])('is not found in %j', (data) => {
    expect(saidIn(membersOf(data))).toBeNull();
  });
});

describe('masked', () => {
  it.each([
    ['手机号13800000000无额度', '手机号***无额度'],
    ['138 0000 0000 failed', '*** failed'],
    ['id 11010519491231002X', 'id ***'],
    ['ask zhang.san@example.com now', 'ask *** now'],
    ['line\nbreak\u0000and\u202eturn', 'line break and turn'],
    ['limit 100 of 99999', 'limit 100 of 99999'],
  ])('makes of %j the text %j', (text, shown) => {
    expect(masked(text)).toBe(shown);
  });

  it('cuts what is long, and no character in two', () => {
    const shown = masked('额'.repeat(300));
    expect([...shown]).toHaveLength(200);
    expect(shown.endsWith('…')).toBe(true);
    expect(masked('😀'.repeat(200))).toBe('😀'.repeat(200));
  });
});
