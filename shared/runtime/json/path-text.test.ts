import { describe, expect, it } from 'vitest';
import { pathText } from './path-text.ts';

describe('a path', () => {
  it.each([
    [[], ''],
    [['Agent', 'ProxyOperator', 'OpenId'], 'Agent.ProxyOperator.OpenId'],
    [['Restrictions', 1, 'Mobile'], 'Restrictions[1].Mobile'],
    [[0], '[0]'],
    [['姓名', 'x-y'], '姓名.x-y'],
    [['a.b', 'c'], '["a.b"].c'],
    [['1'], '["1"]'],
    [['a', ''], 'a[""]'],
    [['line\nbreak'], '["line\\nbreak"]'],
    [['\ud800'], '["\\ud800"]'],
  ])('of %j is %s', (path, text) => {
    expect(pathText(path)).toBe(text);
  });

  it('cuts names that are longer than anybody reads', () => {
    expect(pathText(['x'.repeat(100_000)])).toBe(`${'x'.repeat(64)}…`);
    expect(pathText([' '.repeat(100_000)]).length).toBeLessThan(80);
  });
});
