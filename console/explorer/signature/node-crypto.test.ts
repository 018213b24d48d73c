import * as nodeCrypto from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { casesOf } from '../../../shared/testing/cases.ts';
import { createHmac, hash } from './node-crypto.ts';

const data = fc.oneof(fc.string({ unit: 'binary' }), fc.uint8Array({ maxLength: 300 }));

describe('in place of node:crypto', () => {
  it('hashes as Node does', async () => {
    await fc.assert(
      fc.property(data, (text) => {
        expect(hash('sha256', text, 'hex')).toBe(nodeCrypto.hash('sha256', text, 'hex'));
      }),
      casesOf(1000),
    );
  });

  it('authenticates as Node does, with keys of any length', async () => {
    await fc.assert(
      fc.property(data, data, (key, text) => {
        const theirs = nodeCrypto.createHmac('sha256', key).update(text).digest();
        const ours = createHmac('sha256', key).update(text);
        expect(ours.digest('hex')).toBe(theirs.toString('hex'));
        expect(ours.digest()).toEqual(new Uint8Array(theirs));
      }),
      casesOf(1000),
    );
  });
});
