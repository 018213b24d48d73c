import { parseEnv } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../errors.ts';
import { parseEnvironmentFile } from './environment-file.ts';
import { readStageValues } from './stage-values.ts';

const parse = (text: string) => parseEnvironmentFile(text, '.env.dev');

function problemsOf(text: string): string[] {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof Failure) return error.problems.map(({ path }) => path);
    throw error;
  }
  return [];
}

describe('a file of variables', () => {
  it.each([
    ['A=token#2026', { A: 'token#2026' }],
    ['A=postgres://u:p%23@h/d?sslmode=disable#x', { A: 'postgres://u:p%23@h/d?sslmode=disable#x' }],
    ['A= two words \nB=', { A: 'two words', B: '' }],
    [`A='it is # "one"'\nB="it's # one"\nC=\`x\``, { A: 'it is # "one"', B: "it's # one", C: 'x' }],
    ["A='c:\\path'\nB=c:\\path", { A: 'c:\\path', B: 'c:\\path' }],
    ['\uFEFFA=1\r\n\r\n  # B=2\r\nexport C = 3\r\n', { A: '1', C: '3' }],
    ['A=$B\nB=a=b==', { A: '$B', B: 'a=b==' }],
    ['', {}],
  ])('keeps all of %j', (text, values) => {
    expect(parse(text)).toEqual(values);
  });

  it.each([
    ['A=token #2026', ['A']],
    ['A=#2026', ['A']],
    ['A="x" # y', ['A']],
    ["A='x", ['A']],
    ["A='it''s'", ['A']],
    ['A="', ['A']],
    ['A="x\\ny"', ['A']],
    ['A=1\nA=2', ['A']],
    ['A=1\nB\n-C=2\nD E=3', ['line 2', 'line 3', 'line 4']],
    ['A="-----BEGIN\nx\n"', ['A', 'line 2', 'line 3']],
    ['A\0=\0', ['']],
    ['A=\uFFFD', ['']],
  ])('refuses %j by the name or the line', (text, paths) => {
    expect(problemsOf(text)).toEqual(paths);
  });

  it('repeats no value in what it says', () => {
    expect(() => parse('A=geheim #1\ngeheim\nB="geheim')).toThrow(
      /^Misconfigured: \.env\.dev: A has .*; line 2 .*; B has/,
    );
    expect(() => parse('A=geheim #1\ngeheim\nB="geheim')).not.toThrow(/geheim/);
  });

  it('is either read to the letter, as Node reads it or with the # that Node drops, or refused', () => {
    const lines = fc.array(fc.tuple(fc.constantFrom('A', 'B', 'C'), fc.string({ maxLength: 12 })), {
      maxLength: 3,
    });
    fc.assert(
      fc.property(lines, (assignments) => {
        const text = assignments.map(([name, value]) => `${name}=${value}`).join('\n');
        if (problemsOf(text).length > 0) return;
        const read = parse(text);
        const byNode = parseEnv(text.replaceAll('\r', '\n'));
        for (const [name, value] of Object.entries(read)) {
          if (!value.includes('#')) expect([name, byNode[name]]).toEqual([name, value]);
          expect(text).toContain(value);
        }
      }),
    );
  });
});

describe('the values of a stage', () => {
  const read = (stage: string | undefined, env: Record<string, string>, file?: string) =>
    readStageValues('/p', stage, env, async (path) => (path === '/p/.env.dev' ? file : undefined));

  it('are those of the file, beneath the environment, and it is known which are overruled', async () => {
    const env = { A: 'env', B: 'same', D: '' };
    expect(await read('dev', env, 'A=file\nB=same\nC=file\nD=file')).toEqual({
      values: { A: 'env', B: 'same', C: 'file', D: 'file', STAGE: 'dev' },
      fileName: '.env.dev',
      isFileThere: true,
      overruled: ['A'],
    });
  });

  it('are those of the environment where there is no file, or no stage', async () => {
    expect(await read('prod', { A: 'env' })).toMatchObject({
      values: { A: 'env', STAGE: 'prod' },
      isFileThere: false,
    });
    expect(await read(undefined, { A: 'env' }, 'A=file')).toMatchObject({
      values: { A: 'env' },
      overruled: [],
    });
  });

  it('are not guessed where the file cannot be read', async () => {
    const unreadable = readStageValues('/p', 'dev', {}, () => Promise.reject(new Error('EACCES')));
    await expect(unreadable).rejects.toThrow('EACCES');
  });
});
