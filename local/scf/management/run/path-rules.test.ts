import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endpointFor, pathMatchPattern, restOf, rewritten } from './path-rules.ts';

const endpoint = (PathMatch: string) => ({
  Namespace: 'default',
  FunctionName: PathMatch,
  Qualifier: '$LATEST',
  PathMatch,
});
const domain = { endpoints: ['/*', '/s/*', '/s/fixed', '/s/deep/*', '/'].map(endpoint) };

describe('a path', () => {
  it.each([
    ['/', '/'],
    ['/a', '/*'],
    ['/s', '/s/*'],
    ['/s/', '/s/*'],
    ['/s/slug', '/s/*'],
    ['/s/fixed', '/s/fixed'],
    ['/s/fixed/more', '/s/*'],
    ['/s/deep/more', '/s/deep/*'],
    ['/sale', '/*'],
  ])('%s goes by the sharpest rule that covers it, %s', (path, rule) => {
    expect(endpointFor(domain, path)?.PathMatch).toBe(rule);
  });

  it('that no rule covers goes nowhere', () => {
    expect(endpointFor({ endpoints: [endpoint('/s/*')] }, '/sale')).toBeUndefined();
  });

  it('is what the rule and the rest make together', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,8}$/), fc.stringMatching(/^[a-z/]{0,12}$/), (folder, rest) => {
        expect(restOf(`/${folder}/*`, `/${folder}/${rest}`)).toBe(rest);
      }),
    );
  });
});

describe('a rewrite', () => {
  const wildcard = { Path: '/aa/*', Type: 'WildcardRules', Rewrite: '/$' } as const;
  const exact = { Path: '/bb', Type: 'ExactRules', Rewrite: '/c$1' } as const;

  it.each([
    ['/aa/x/y', '/x/y'],
    ['/aa', '/'],
    ['/bb', '/c'],
    ['/bb/x', '/bb/x'],
    ['/elsewhere', '/elsewhere'],
  ])('makes of %s %s', (path, seen) => {
    expect(rewritten(path, [wildcard, exact])).toBe(seen);
  });

  it('does not understand the rest as a pattern', () => {
    expect(rewritten('/aa/$1$&', [wildcard])).toBe('/$1$&');
  });
});

describe('the form of a rule', () => {
  it.each(['/', '/*', '/xxx', '/xxx/a', '/xxx/*', '/a-b/c.d/*'])('%s is right', (rule) => {
    expect(rule).toMatch(pathMatchPattern);
  });
  it.each(['', 'xxx', '/xxx/', '/x*', '/*/a', '//', '/a?b', '/a b'])('"%s" is wrong', (rule) => {
    expect(rule).not.toMatch(pathMatchPattern);
  });
});
