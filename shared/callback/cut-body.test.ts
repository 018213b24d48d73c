import { describe, expect, it } from 'vitest';
import { isCut } from './cut-body.ts';

const cut = (text: string, announcedBytes?: number) => isCut(Buffer.from(text), announcedBytes);
const block = Buffer.alloc(16, 7).toString('base64');

describe('a body that was cut', () => {
  it('is shorter than was announced', () => {
    expect(cut('{"a":1}', 8)).toBe(true);
    expect(cut('{"a":1}', 7)).toBe(false);
    expect(cut('{"a":1}', 6)).toBe(false);
  });

  it.each([
    ['empty', ''],
    ['blank', ' \n'],
    ['JSON without an end', '{"encrypt":"'],
    ['a ciphertext of less than a block', 'AAAA'],
    ['a ciphertext that ends inside of its base64', ` ${block.slice(0, -3)} `],
    ['wrapped ciphertext of less than a block', '{"encrypt":"AAAA"}'],
    ['a wrapped one that ends inside of its base64', JSON.stringify({ encrypt: block.slice(0, 7) })],
  ])('is seen to be so: %s', (_, text) => {
    expect(cut(text)).toBe(true);
  });

  it.each([
    ['JSON in plain text', '{"MsgId":"a"}'],
    ['a whole ciphertext', block],
    ['a whole one that is wrapped', JSON.stringify({ encrypt: block })],
    ['no base64', 'no base64!'],
    ['base64 of the URL alphabet', '-_AA'],
    ['too much padding', 'AAAA==='],
    ['wrapped text that is no base64', '{"encrypt":"no base64!"}'],
    ['a wrapped number', '{"encrypt":1}'],
    ['text under another name', '{"other":"AAAA"}'],
  ])('cannot be seen to be so: %s', (_, text) => {
    expect(cut(text)).toBe(false);
  });
});
