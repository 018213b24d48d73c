import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../errors.ts';
import { createSeal, sealKeyIds } from './seal.ts';
import { told } from './testing/told.ts';

const older = Buffer.alloc(32, 1).toString('base64');
const newer = Buffer.alloc(32, 2).toString('base64');

function failureOf(work: () => unknown): Failure {
  try {
    work();
  } catch (error) {
    if (error instanceof Failure) return error;
  }
  throw new Error('expected a Failure');
}

describe('createSeal', () => {
  const seal = createSeal(older);

  it('opens what it has sealed, whatever it is', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => seal.open(seal.seal(text)) === text));
  });

  it('shows nothing of the text, and never the same twice', () => {
    const sealed = seal.seal('张三 13000000000');
    expect(Buffer.from(sealed.split('.')[2] ?? '', 'base64url').includes('130000')).toBe(false);
    expect(seal.seal('张三 13000000000')).not.toBe(sealed);
  });

  it('seals with the newest key and opens with any', () => {
    const both = createSeal(`${newer}, ${older}`);
    expect(both.open(seal.seal('a'))).toBe('a');
    expect(createSeal(newer).open(both.seal('b'))).toBe('b');
  });

  it('refuses a text of which any byte was changed', () => {
    const [version, key, text = ''] = seal.seal('some text').split('.');
    const bytes = Buffer.from(text, 'base64url');
    for (let at = 0; at < bytes.byteLength; at++) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      const sealed = `${version}.${key}.${changed.toString('base64url')}`;
      expect(failureOf(() => seal.open(sealed)).code).toBe('InternalFailure');
    }
  });

  it.each(['', 'v1', 'v2.x.y', 'v1..', 'v1.12345678.', 'text'])(
    'refuses %j, which nobody sealed',
    (sealed) => {
      expect(['InternalFailure', 'Misconfigured']).toContain(failureOf(() => seal.open(sealed)).code);
    },
  );

  it('refuses a text that was cut off', () => {
    const sealed = seal.seal('some text');
    for (let length = sealed.lastIndexOf('.') + 1; length < sealed.length; length++) {
      expect(() => seal.open(sealed.slice(0, length))).toThrow(Failure);
    }
  });

  it('says which setting is missing, to seal and to open', () => {
    const without = createSeal(undefined);
    for (const work of [() => without.seal('a'), () => without.open(seal.seal('a'))]) {
      const failure = failureOf(work);
      expect(failure.code).toBe('Misconfigured');
      expect(told(failure).detail).toContain('REGISTER_KEYS');
    }
  });

  it('says at which place a key is wrong, and not what it is', () => {
    const short = Buffer.alloc(31, 3).toString('base64');
    const failure = failureOf(() => createSeal(`${older},${short},no base64!`));
    expect(told(failure).detail).toMatch(/place 2, 3$/);
    expect(told(failure).detail).not.toContain(short);
  });
});

describe('sealKeyIds', () => {
  it('are the names that sealed texts carry, newest first', () => {
    const nameOf = (keys: string) => createSeal(keys).seal('text').split('.')[1];
    expect(sealKeyIds(`${newer},${older}`)).toEqual([nameOf(newer), nameOf(older)]);
    expect(sealKeyIds(undefined)).toEqual([]);
  });

  it('are refused for what is no key', () => {
    expect(failureOf(() => sealKeyIds(`${newer},short`))).toMatchObject({ code: 'Misconfigured' });
  });
});
