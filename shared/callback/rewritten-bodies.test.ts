import { describe, expect, it } from 'vitest';
import { rewrittenBodies } from './rewritten-bodies.ts';

const spellings = (text: string) => [...rewrittenBodies(Buffer.from(text))];

describe('the spellings of a body', () => {
  it.each([
    ['with blanks', '{"encrypt": "a/b"}'],
    ['with indents', '{\n  "encrypt": "a/b"\n}'],
    ['with escaped slashes', '{"encrypt":"a\\/b"}'],
    ['with a line break at its end', '{"encrypt":"a/b"}\n'],
  ])('have the one %s', (_, spelling) => {
    expect(spellings('{"encrypt":"a/b"}')).toContain(spelling);
  });

  it('are never the body itself', () => {
    expect(spellings('{"encrypt":"a"}')).not.toContain('{"encrypt":"a"}');
  });

  it('of a large encrypted body are all there', () => {
    expect(spellings(`{"encrypt":"${'A'.repeat(60_000)}"}`).length).toBeGreaterThan(10);
  });

  it.each([
    ['deep', `${'['.repeat(99)}${'1,'.repeat(31_000)}1${']'.repeat(99)}`],
    ['large and nested', `{"a":[${'1,'.repeat(20_000)}1]}`],
    ['large and of many members', `[${'1,'.repeat(20_000)}1]`],
  ])('of a %s body are not work that any stranger may ask for', (_, body) => {
    const written = spellings(body).reduce((sum, { length }) => sum + length, 0);
    expect(written).toBeLessThan(4 * body.length);
  });
});
