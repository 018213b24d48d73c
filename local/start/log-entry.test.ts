import { describe, expect, it } from 'vitest';
import { jsonLineOf, readLogEntry } from './log-entry.ts';

const record = {
  time: '2026-11-29T10:02:51.989Z',
  level: 'info',
  message: 'done',
  function: 'stable-link',
  status: 302,
};

describe('a line of the log', () => {
  it('has a source, and the record of a function', () => {
    expect(readLogEntry(`stable-link | ${JSON.stringify(record)}`)).toEqual({
      source: 'stable-link',
      rest: JSON.stringify(record),
      record,
    });
  });

  it.each(['{"level":"info"}', '{"level":"loud","message":"x"}', '{half', 'POST DescribeTemplates ok [r]'])(
    'has no record where it says %s',
    (rest) => {
      expect(readLogEntry(`emulator | ${rest}`)).toEqual({ source: 'emulator', rest, record: undefined });
    },
  );

  it('is one JSON object for a machine', () => {
    expect(jsonLineOf(`stable-link | ${JSON.stringify(record)}`, 0)).toBe(JSON.stringify(record));
    expect(JSON.parse(jsonLineOf('emulator | defect: a\n b', 0))).toEqual({
      time: '1970-01-01T00:00:00.000Z',
      level: 'info',
      message: 'defect: a\n b',
      source: 'emulator',
    });
  });
});
