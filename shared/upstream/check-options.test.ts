import { describe, expect, it } from 'vitest';
import { Failure } from '../errors.ts';
import { checkOptions } from './check-options.ts';

const credentials = { secretId: 'AKIDabc', secretKey: 'key/+=' };
const endpoint = 'https://essbasic.tencentcloudapi.com';

function problemsOf(...given: Parameters<typeof checkOptions>) {
  try {
    checkOptions(...given);
  } catch (error) {
    if (error instanceof Failure) return { code: error.code, problems: error.problems, text: error.message };
  }
  return expect.unreachable('accepted');
}

describe('checkOptions', () => {
  it.each([
    endpoint,
    'https://essbasic.test.ess.tencent.cn/',
    'http://127.0.0.1:9300',
    'http://127.1.2.3',
    'http://localhost:9300',
    'http://a.localhost:9300',
    'http://[::1]:9300',
    'http://emulator:9300',
  ])('accepts the endpoint %s', (given) => {
    expect(checkOptions({ ...credentials, token: 'abc' }, given)).toBeInstanceOf(URL);
  });

  it.each([
    '',
    'essbasic.tencentcloudapi.com',
    'ftp://essbasic.tencentcloudapi.com',
    'http://essbasic.tencentcloudapi.com',
    'http://10.0.0.1',
    'http://[2001:db8::1]',
    'https://essbasic.tencentcloudapi.com/path',
    'https://essbasic.tencentcloudapi.com/?a=1',
    'https://essbasic.tencentcloudapi.com/#a',
    'https://me:secret@essbasic.tencentcloudapi.com',
  ])('refuses the endpoint %j without printing it', (given) => {
    const { code, problems, text } = problemsOf(credentials, given);
    expect(code).toBe('Misconfigured');
    expect(problems.map(({ path }) => path)).toEqual(['endpoint']);
    if (given !== '') expect(text).not.toContain(given);
  });

  it.each([
    ['empty', ''],
    ['with a blank before it', ' AbCdEf'],
    ['with a line break after it', 'AbCdEf\n'],
    ['with a blank in it', 'AbC dEf'],
    ['with characters of another script', 'AbCdEf密'],
    ['with control characters', 'AbCdEf\u0007AbCdEf'],
  ])('refuses an id, key and token that is %s, all in one error and without printing them', (_, value) => {
    const { problems, text } = problemsOf({ secretId: value, secretKey: value, token: value }, '');
    expect(problems.map(({ path }) => path)).toEqual([
      'credentials.secretId',
      'credentials.secretKey',
      'credentials.token',
      'endpoint',
    ]);
    expect(text).not.toContain('AbC');
  });

  it.each(['AKID/abc', 'AKID,abc'])(
    'refuses the id %s, which would break the header Authorization',
    (secretId) => {
      expect(problemsOf({ ...credentials, secretId }, endpoint).problems).toHaveLength(1);
    },
  );
});
