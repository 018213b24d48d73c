import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { completionFor } from './completion.ts';

/** What bash proposes for the last word of a line. */
function proposed(...words: string[]): string[] {
  const script = `${completionFor('bash')}
COMP_WORDS=(qianma ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}; _qianma
printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).trim().split('\n');
}

const missing = spawnSync('bash', ['--version']).error !== undefined;

describe.skipIf(missing)(`in bash${missing ? ': SKIPPED, needs bash' : ''}`, () => {
  it('actions are completed, and their members and options', () => {
    expect(proposed('DescribeCon')).toEqual(['DescribeContracts']);
    expect(proposed('exp')).toEqual(['explain']);
    expect(proposed('DescribeContracts', '--Un')).toEqual(['--Unfinished']);
    expect(proposed('CreateApiKey', '--wa')).toEqual(['--wait']);
  });
});

it.each(['zsh', 'fish'])('%s is told every action', (shell) => {
  expect(completionFor(shell)).toContain('DescribeContracts');
});

it('another shell is refused', () => {
  expect(() => completionFor('tcsh')).toThrow('must be bash, zsh or fish');
});
