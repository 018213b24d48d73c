import { describe, expect, it } from 'vitest';
import { modulesPath, qrModules } from './qr-code.ts';

describe('the code of a link', () => {
  it('is a square of modules, without the quiet zone', () => {
    const modules = qrModules('https://sign.example.com/s/AbCdEfGhJkLm');
    expect(modules.every((cells) => cells.length === modules.length)).toBe(true);
    expect(modules[0]?.slice(0, 8)).toEqual([true, true, true, true, true, true, true, false]);
  });

  it.each(['签码', 'https://例子.cn/s/a', 'a b', '', 'a\u0000'])(
    'does not hold %j, which decoders read differently',
    (text) => {
      expect(() => qrModules(text)).toThrow('ASCII');
    },
  );

  it('is drawn row by row, what is side by side as one', () => {
    const path = modulesPath(
      [
        [true, true],
        [false, true],
      ],
      10,
      20,
      4,
    );
    expect(path.filter(([name]) => name === 'M')).toEqual([
      ['M', 10, 20],
      ['M', 12, 22],
    ]);
    expect(path).toContainEqual(['L', 14, 20]);
  });
});
