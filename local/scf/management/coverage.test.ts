import { describe, expect, it } from 'vitest';
import { assumptions, omissions } from './assumptions.ts';
import { renderCoverage, updateCommand } from './coverage.ts';
import { scfErrorCodes } from './error-codes.ts';
import { managedActions } from './gateway/managed-actions.ts';
import { upstreamActions } from './upstream-actions.ts';

const text = renderCoverage();

describe('COVERAGE.md', () => {
  it('is what its sources say', async () => {
    await expect(text, `stale: run ${updateCommand}`).toMatchFileSnapshot('COVERAGE.md');
  });

  it('names every code, assumption and omission', () => {
    for (const code of Object.keys(scfErrorCodes)) expect(text).toContain(`| \`${code}\` |`);
    for (const { zh, en } of [...assumptions, ...omissions]) {
      expect(text).toContain(zh);
      expect(text).toContain(en);
    }
  });

  it('names every action of upstream once among the emulated or among the others', () => {
    const emulated = managedActions.map(({ name }) => name);
    for (const action of upstreamActions) {
      const named = emulated.includes(action) ? `\n| \`${action}\` |` : ` \`${action}\``;
      expect(text.replace(/(Actions 接口: )/, '$1 ').split(named).length).toBeGreaterThan(1);
    }
  });

  it('lists no code that no action and no gateway answers', () => {
    const ofActions = managedActions.flatMap((one) => [...one.publishedCodes, ...one.assumedCodes]);
    const ofNone = Object.keys(scfErrorCodes).filter((code) => !ofActions.some((used) => used === code));
    expect(ofNone.sort()).toEqual([
      'AuthFailure.InvalidAuthorization',
      'AuthFailure.SecretIdNotFound',
      'AuthFailure.SignatureExpire',
      'AuthFailure.SignatureFailure',
      'AuthFailure.TokenFailure',
      'InternalError',
      'InvalidAction',
      'InvalidParameter',
      'InvalidParameterValue',
      'MissingParameter',
      'NoSuchVersion',
      'RequestLimitExceeded',
      'RequestSizeLimitExceeded',
      'UnknownParameter',
      'UnsupportedProtocol',
      'UnsupportedRegion',
    ]);
  });

  it('has tables whose rows are as wide as their headings', () => {
    for (const block of text.split('\n\n').filter((one) => one.startsWith('|'))) {
      const widths = block
        .trim()
        .split('\n')
        .map((line) => line.split('|').length);
      expect(new Set(widths).size).toBe(1);
    }
  });
});
