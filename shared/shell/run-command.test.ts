import { describe, expect, it } from 'vitest';
import { Failure } from '../errors.ts';
import { readArguments, wrong } from './arguments.ts';
import { languageOfShell } from './language.ts';
import { runCommand } from './run-command.ts';
import { recordedShell } from './testing/recorded-shell.ts';
import { readTextFile } from './text-file.ts';

const usage = { zh: '用法', en: 'usage' };

async function ran(
  command: () => Promise<void>,
  { argv = [] as string[], language = 'en' as 'en' | 'zh', env = {} } = {},
) {
  const shell = recordedShell(env, { language });
  const code = await runCommand({ argv, shell, usage }, command);
  return { code, printed: shell.printed, told: shell.told };
}

const throwing = (error: unknown) => async () => {
  throw error;
};

describe('runCommand', () => {
  it.each(['--help', '-h'])('says how it is called on %s, and does nothing', async (argument) => {
    const work = throwing(new Error('was run'));
    const ended = { code: 0, told: [] };
    expect(await ran(work, { argv: ['x', argument] })).toEqual({ ...ended, printed: ['usage'] });
    expect(await ran(work, { argv: [argument], language: 'zh' })).toEqual({ ...ended, printed: ['用法'] });
  });

  it('tells a failure in one line, in the language of the shell', async () => {
    const failure = new Failure('Misconfigured', { detail: { zh: '没\n有', en: 'is\n  not' } });
    expect(await ran(throwing(failure))).toEqual({ code: 1, printed: [], told: ['error: is not'] });
    expect((await ran(throwing(failure), { language: 'zh' })).told).toEqual(['错误：没 有']);
    expect((await ran(throwing(new Failure('NotFound')), { language: 'zh' })).told).toEqual([
      '错误：资源不存在',
    ]);
  });

  it('adds how it is called where it was called in a wrong way', async () => {
    const told = ['error: a; b', 'usage'];
    const work = throwing(wrong(['a', 'b'].map((text) => ({ zh: text, en: text }))));
    expect(await ran(work)).toEqual({ code: 2, printed: [], told });
  });

  it('says of a file what is the matter with it', async () => {
    const reading = (path: string) => async () => void (await readTextFile(path));
    expect((await ran(reading('/nowhere/at/all'))).told).toEqual(['error: /nowhere/at/all is not there']);
    expect((await ran(reading('/tmp'), { language: 'zh' })).told).toEqual(['错误：/tmp 是文件夹而不是文件']);
    const unreadable = Object.assign(new Error('EACCES'), { code: 'EACCES', path: '/x' });
    expect((await ran(throwing(unreadable), { language: 'zh' })).told).toEqual(['错误：/x 没有权限']);
  });

  it('shows the stack of what nobody has foreseen to those who ask for it alone', async () => {
    const work = throwing(new TypeError('of nothing'));
    expect((await ran(work)).told).toEqual(['error: TypeError: of nothing']);
    const { told } = await ran(work, { env: { NODE_DEBUG: 'http,qianma' } });
    expect(told[1]).toContain('run-command.test.ts');
  });
});

describe('readArguments', () => {
  const options = {
    name: { type: 'string' },
    also: { type: 'string', multiple: true },
    json: { type: 'boolean' },
  } as const;

  it('reads options and what stands beside them', () => {
    const argv = ['list', '--name=-x', '--also', 'a', '--json', '--also=b', '--', '--name'];
    expect(readArguments(argv, options, { positionals: true })).toMatchObject({
      values: { name: '-x', also: ['a', 'b'], json: true },
      positionals: ['list', '--name'],
    });
  });

  it('names everything that is wrong at once, and no value', () => {
    const argv = ['--nmae=geheim', '--json=geheim', '--also', '--name', 'x', 'more', '--constructor', '-q'];
    const messages = [
      'there is no option --nmae',
      '--json takes no value',
      '--also needs a value',
      'unexpected argument x',
      'unexpected argument more',
      'there is no option --constructor',
      'there is no option -q',
    ];
    expect(() => readArguments(argv, options)).toThrow(`InvalidRequest: ${messages.join('; ')}`);
    expect(() => readArguments(['--name'], options)).toThrow('--name needs a value');
  });
});

describe('languageOfShell', () => {
  it.each([
    [{ LANG: 'zh_CN.UTF-8' }, 'zh'],
    [{ LANG: 'zh' }, 'zh'],
    [{ LANG: 'en_US.UTF-8' }, 'en'],
    [{ LANG: 'C.UTF-8' }, 'en'],
    [{ LANG: 'zh_CN.UTF-8', LC_ALL: 'C' }, 'en'],
    [{ LANG: 'en_US.UTF-8', LC_MESSAGES: 'zh_CN.UTF-8', LC_ALL: '' }, 'zh'],
    [{ LANG: 'zhang_QX' }, 'en'],
    [{}, 'en'],
  ] as const)('of %j is %s', (env, language) => {
    expect(languageOfShell(env)).toBe(language);
  });

  it('is that of the system where the shell has none', () => {
    expect(languageOfShell({}, 'zh-CN')).toBe('zh');
    expect(languageOfShell({ LANG: 'en_US.UTF-8' }, 'zh-CN')).toBe('en');
  });
});
