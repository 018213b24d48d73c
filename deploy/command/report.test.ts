import { describe, expect, it } from 'vitest';
import {
  describeFunction,
  describeVersion,
  readCodeMark,
  readReleaseMark,
  uploaded,
} from '../plan/release-marks.ts';
import { describeHttp, describeTimer, readDescription } from '../plan/trigger-description.ts';
import { readDeployArguments } from './arguments.ts';
import { createReport, type Event } from './report.ts';

function printed(events: readonly Event[], json: boolean): string[] {
  const lines: string[] = [];
  const print = (line: string) => void lines.push(line);
  const report = createReport({
    json,
    language: 'en',
    print,
    secrets: ['correct-horse', 'correct-horse-battery', '10'],
    prefix: 'q-dev-',
  });
  for (const event of events) report(event);
  return lines;
}

const step: Event = {
  event: 'step',
  target: 'q-dev-stable-link',
  action: 'CreateFunction',
  reason: { zh: '尚不存在', en: 'is not there yet' },
};
const leak: Event = {
  event: 'failed',
  target: 'q-dev-a',
  text: { zh: '', en: 'postgres://correct-horse-battery/correct-horse, 10' },
};

describe('a report', () => {
  it('is text for a person', () => {
    const done: Event = { event: 'done', target: 'q-dev-a', action: 'CreateFunction', durationMs: 61_000 };
    expect(printed([step, done, { ...done, durationMs: 900 }], false)).toEqual([
      '  stable-link  CreateFunction  is not there yet',
      '  a  CreateFunction  took 61 s',
    ]);
  });

  it('is one JSON object a line for a machine', () => {
    expect(printed([step], true).map((line) => JSON.parse(line))).toEqual([
      { ...step, reason: 'is not there yet' },
    ]);
  });

  it.each([true, false])('shows no secret, whoever quotes it (JSON: %s)', (json) => {
    const [line = ''] = printed([leak], json);
    expect(line).toContain('postgres://***/***, 10');
  });
});

describe('arguments', () => {
  it('name a method, a stage and options', () => {
    expect(readDeployArguments(['plan', '--stage', 'prod', '--json'])).toEqual({
      method: 'plan',
      stage: 'prod',
      json: true,
      prune: false,
      replace: false,
      skipSmoke: false,
      yes: false,
    });
    expect(readDeployArguments([])).toMatchObject({ method: 'deploy', stage: undefined });
  });

  it.each([
    [['--stagee', 'x'], 'there is no option --stagee'],
    [['prod'], 'there is no method prod'],
    [['plan', 'deploy'], 'there is no method deploy'],
    [['--stage'], '--stage needs a value'],
    [['--stage', '../x'], '--stage must be lower-case letters'],
    [['--json=1'], '--json takes no value'],
    [['remove'], 'remove deletes a whole stage: name it with --stage'],
  ])('%j are refused', (args, message) => {
    expect(() => readDeployArguments(args)).toThrow(`InvalidRequest: ${message}`);
  });
});

describe('marks', () => {
  const sha256 = 'a'.repeat(64);

  it('are read as they were written, in the characters that a description may have', () => {
    const code = uploaded(sha256, 120);
    expect(readCodeMark(describeFunction('Leads to the code.', code))).toEqual(code);
    for (const isUploading of [true, false]) {
      const mark = { sha256, size: undefined, isUploading };
      expect(readCodeMark(describeFunction('', mark))).toEqual(mark);
    }
    const release = { release: 'b'.repeat(32), deployment: 3, deploymentHash: 'c'.repeat(32) };
    expect(readReleaseMark(describeVersion(release))).toEqual(release);
    expect(describeFunction('签署', code) + describeVersion(release)).toMatch(/^[\p{L}\p{N} ,.]+$/u);
  });

  it.each(['', 'mine', `qianma code ${sha256}`, `qianma code ${sha256}. And more`])(
    'are not seen in "%s"',
    (text) => {
      expect(readCodeMark(text)).toBeUndefined();
      expect(readReleaseMark(text)).toBeUndefined();
    },
  );
});

describe('the description of a trigger', () => {
  it('of a timer is the same as it is sent and as it is returned', () => {
    const cron = '0  */2 * * * * *';
    const sent = describeTimer({ type: 'timer', name: 't', cron, argument: '' });
    expect(readDescription('timer', '{"cron":"0 */2 * * * * *"}')).toEqual({ description: sent, url: '' });
    expect(readDescription('timer', cron).description).toBe(sent);
  });

  it('of a Function URL is the same with the addresses that the platform adds', () => {
    const sent = describeHttp({ type: 'http', cors: { origins: ['*'], maxAgeS: 10 } });
    const { NetConfig, ...rest } = JSON.parse(sent);
    const returned = {
      ...rest,
      NetConfig: { ...NetConfig, ExtranetUrl: 'https://x', IntranetUrl: '', WssExtranetUrl: '' },
    };
    expect(readDescription('http', JSON.stringify(returned))).toEqual({
      description: sent,
      url: 'https://x',
    });
  });

  it('tells one Function URL from another', () => {
    const all = [
      describeHttp({ type: 'http' }),
      describeHttp({ type: 'http', auth: 'CAM' }),
      describeHttp({ type: 'http', cors: { origins: ['*'] } }),
    ];
    expect(new Set(all).size).toBe(3);
    expect(describeHttp({ type: 'http', auth: 'NONE' })).toBe(all[0]);
  });

  it.each(['', '{', 'null', '[]', '{"NetConfig":5}'])(
    'that cannot be read is different, and no error: %s',
    (text) => {
      expect(readDescription('http', text).description).not.toBe(describeHttp({ type: 'http' }));
    },
  );
});
