import { describe, expect, it } from 'vitest';
import { readIdempotencyKey } from './idempotency-key.ts';

describe('an Idempotency-Key', () => {
  it.each([
    ['"8e03978e-40d5-43dd-bc93-6894a57f9324"', '8e03978e-40d5-43dd-bc93-6894a57f9324'],
    ['8e03978e-40d5-43dd-bc93-6894a57f9324', '8e03978e-40d5-43dd-bc93-6894a57f9324'],
    ['"a, b"', 'a, b'],
    ['"say \\"hi\\" \\\\"', 'say "hi" \\'],
    [`"${'x'.repeat(255)}"`, 'x'.repeat(255)],
    ['!#$%&()*+-./:;<=>?@[]^_`{|}~', '!#$%&()*+-./:;<=>?@[]^_`{|}~'],
  ])('is read: %s', (header, key) => {
    expect(readIdempotencyKey(header)).toBe(key);
  });

  it('may be left out', () => {
    expect(readIdempotencyKey(undefined)).toBeUndefined();
  });

  it.each([
    ['', '1 to 255'],
    ['""', '1 to 255'],
    ['x'.repeat(256), '1 to 255'],
    [`"${'x'.repeat(256)}"`, '1 to 255'],
    ['"a", "b"', 'must be sent once'],
    ['a, a', 'must be sent once'],
    ['a,a', 'must be sent once'],
    ['"a', 'must be sent once'],
    ['a"', 'must be sent once'],
    ['a b', 'must be sent once'],
    ['"\\n"', 'must be sent once'],
    ['字', 'must be sent once'],
    ['"字"', 'must be sent once'],
    ['"a";p=1', 'must be sent once'],
  ])('is refused: %s', (header, message) => {
    const problems = [
      { path: 'Idempotency-Key', message: { zh: expect.any(String), en: expect.stringContaining(message) } },
    ];
    expect(() => readIdempotencyKey(header)).toThrow(
      expect.objectContaining({ code: 'InvalidRequest', status: 400, problems }),
    );
  });
});
