import { describe, expect, it } from 'vitest';
import { parseDoctorArguments } from './arguments.ts';

const words = (line: string) => line.split(' ').filter((word) => word !== '');
const parse = (line: string, language: 'zh' | 'en' = 'en') =>
  parseDoctorArguments(words(line), language, ['clock', 'database']);

describe('parseDoctorArguments', () => {
  it('asks for nothing special by default', () => {
    expect(parse('')).toEqual({
      agent: null,
      template: null,
      stage: null,
      info: null,
      urls: new Map(),
      skip: new Set(),
      json: false,
      language: 'en',
    });
  });

  it('reads everything', () => {
    const line =
      '--organization o --operator p --template t --stage prod --info i.json --url A=https://a.example/ --url b-c=http://127.0.0.1:9 --skip clock --skip database --json --zh';
    expect(parse(line)).toEqual({
      agent: { organization: 'o', operator: 'p' },
      template: 't',
      stage: 'prod',
      info: 'i.json',
      urls: new Map([
        ['A', 'https://a.example'],
        ['b-c', 'http://127.0.0.1:9'],
      ]),
      skip: new Set(['clock', 'database']),
      json: true,
      language: 'zh',
    });
  });

  it('speaks the language of the shell, unless it is told another', () => {
    expect(parse('', 'zh').language).toBe('zh');
    expect(parse('--en', 'zh').language).toBe('en');
    expect(parse('--zh', 'en').language).toBe('zh');
  });

  it.each([
    ['--organization o', ['belong together']],
    ['--operator p', ['belong together']],
    ['--template t', ['--template needs']],
    ['--organization= --operator p', ['an id must not be empty']],
    ['--url A --skip everything --zh --en', ['exclude each other', '--url must be', 'no check "everything"']],
    ['--url A=ftp://a', ['--url must be']],
    ['--stage ../prod', ['--stage must be']],
    ['--quick', ['there is no option --quick']],
    ['please', ['unexpected argument please']],
  ])('refuses "%s" and names everything that is wrong', (line, messages) => {
    let thrown: unknown;
    try {
      parse(line);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({
      code: 'InvalidRequest',
      problems: messages.map((message) => ({
        path: '',
        message: { zh: expect.any(String), en: expect.stringContaining(message) },
      })),
    });
  });
});
