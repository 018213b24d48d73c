import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createSigningKeyCache } from './signing-key-cache.ts';
import { secretDate, secretService, secretSigning } from './stages.ts';

const derived = (key: string, date: string, service: string) =>
  secretSigning(secretService(secretDate(key, date), service));

describe('createSigningKeyCache', () => {
  it('gives the derived key, and the very same one the second time', () => {
    const cache = createSigningKeyCache();
    const first = cache.signingKey('key', '2026-11-24', 'essbasic');
    expect(first).toEqual(derived('key', '2026-11-24', 'essbasic'));
    expect(cache.signingKey('key', '2026-11-24', 'essbasic')).toBe(first);
  });

  it.each([
    { by: 'key', key: 'other', date: '2026-11-24', service: 'essbasic' },
    { by: 'date', key: 'key', date: '2026-11-25', service: 'essbasic' },
    { by: 'service', key: 'key', date: '2026-11-24', service: 'cvm' },
  ])('tells entries apart by $by', ({ key, date, service }) => {
    const cache = createSigningKeyCache();
    cache.signingKey('key', '2026-11-24', 'essbasic');
    expect(cache.signingKey(key, date, service)).toEqual(derived(key, date, service));
  });

  it('forgets the entry that was not used for the longest time when it is full', () => {
    const cache = createSigningKeyCache(2);
    const a = cache.signingKey('key', '2026-11-24', 'a');
    const b = cache.signingKey('key', '2026-11-24', 'b');
    expect(cache.signingKey('key', '2026-11-24', 'a')).toBe(a);
    cache.signingKey('key', '2026-11-24', 'c');
    expect(cache.signingKey('key', '2026-11-24', 'a')).toBe(a);
    expect(cache.signingKey('key', '2026-11-24', 'b')).not.toBe(b);
  });

  it('never names an entry by the secret key', () => {
    const names: unknown[] = [];
    class RecordingMap<K, V> extends Map<K, V> {
      override set(key: K, value: V) {
        names.push(key);
        return super.set(key, value);
      }
    }
    const original = globalThis.Map;
    globalThis.Map = RecordingMap;
    try {
      createSigningKeyCache().signingKey('a-very-secret-key', '2026-11-24', 'essbasic');
    } finally {
      globalThis.Map = original;
    }
    expect(names).toHaveLength(1);
    expect(inspect(names)).not.toContain('a-very-secret-key');
  });
});
