import { describe, expect, it } from 'vitest';
import { reserialisedBodies } from './reserialised-bodies.ts';

const spelt = (text: string, how: string) =>
  reserialisedBodies(Buffer.from(text)).find((one) => one.how.includes(how))?.text;

describe('reserialisedBodies', () => {
  it.each([
    ['blanks after commas and colons', '{"b": [1, 2], "a": {"d": 1, "c": null}}'],
    ['keys sorted', '{"a":{"c":null,"d":1},"b":[1,2]}'],
    ['without blanks around it', '{"b":[1,2],"a":{"d":1,"c":null}}'],
  ])('has the JSON with %s', (how, expected) => {
    expect(spelt(' {"b":[1,2],"a":{"d":1,"c":null}}\n', how)).toBe(expected);
  });

  it('sorts keys that stand in any order', () => {
    expect(spelt('{"b":1,"d":2,"a":3,"c":4}', 'keys sorted')).toBe('{"a":3,"b":1,"c":4,"d":2}');
  });

  it('spells bodies of up to 256 KiB', () => {
    expect(reserialisedBodies(Buffer.alloc(256 * 1024, '1'))).not.toEqual([]);
    expect(reserialisedBodies(Buffer.alloc(256 * 1024 + 1, '1'))).toEqual([]);
  });
});
