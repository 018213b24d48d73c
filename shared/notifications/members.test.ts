import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstOf, isText, membersOf } from './members.ts';

describe('membersOf', () => {
  it('finds every value wherever it is, those nearer to the top first', () => {
    const data = { Deep: { Deeper: [{ Id: 'inner' }] }, Id: 'outer', List: ['a', 2], Yes: true, No: null };
    expect(membersOf(data)).toEqual([
      { name: 'Id', plain: 'id', value: 'outer' },
      { name: 'Yes', plain: 'yes', value: true },
      { name: 'List', plain: 'list', value: 'a' },
      { name: 'List', plain: 'list', value: 2 },
      { name: 'Id', plain: 'id', value: 'inner' },
    ]);
  });

  it('opens a text that holds JSON, and takes any other for a text', () => {
    expect(membersOf('{"FlowId":"f"}')).toEqual([{ name: 'FlowId', plain: 'flowid', value: 'f' }]);
    expect(membersOf({ Data: '[1]', Odd: '{not json' })).toEqual([
      { name: 'Odd', plain: 'odd', value: '{not json' },
      { name: 'Data', plain: 'data', value: 1 },
    ]);
  });

  it('has bounds: what is deeper or more than any message is not looked at', () => {
    const nested = (depth: number): unknown => (depth === 0 ? 'bottom' : { a: nested(depth - 1) });
    expect(membersOf(nested(12))).toHaveLength(1);
    expect(membersOf(nested(13))).toHaveLength(0);
    expect(membersOf(Array.from({ length: 100_000 }, () => 'x')).length).toBeLessThanOrEqual(2_000);
    expect(membersOf(`${'['.repeat(50_000)}${']'.repeat(50_000)}`)).toEqual([]);
  });

  it('takes whatever comes', () => {
    fc.assert(fc.property(fc.jsonValue(), (data) => Array.isArray(membersOf(data))));
    expect(membersOf(undefined)).toEqual([]);
  });
});

describe('firstOf', () => {
  const members = membersOf({ reason: 'small', Msg: '', Other: 1, Message: 'large' });

  it('prefers the better name to the earlier place, in letters of any case', () => {
    expect(firstOf(members, ['Message', 'Reason'], isText)).toEqual({ name: 'Message', value: 'large' });
    expect(firstOf(members, ['Reason'], isText)).toEqual({ name: 'reason', value: 'small' });
  });

  it('takes a name however it is spelled', () => {
    for (const data of [{ flow_id: 1 }, { 'flow-id': 1 }, { FLOWID: 1 }, { flowId: 1 }]) {
      const isNumber = (value: unknown): value is number => typeof value === 'number';
      expect(firstOf(membersOf(data), ['FlowId'], isNumber)?.value).toBe(1);
    }
  });

  it('passes over what is not of the kind that is wanted', () => {
    expect(firstOf(members, ['Msg', 'Other', 'Absent'], isText)).toBeUndefined();
  });
});
