import { describe, expect, it } from 'vitest';
import type { CreateRequest } from '../../essbasic/ChannelCreateMultiFlowSignQRCode.ts';
import { createRequest, dayS, startS } from '../testing/world.ts';
import { memberProblems, validateCreate } from './validate-create.ts';

const pathsOf = (changes: Partial<CreateRequest>) =>
  validateCreate({ request: createRequest(changes) }, startS).map(({ path }) => path);

describe('validateCreate', () => {
  it('finds nothing wrong with an ordinary request', () => {
    expect(pathsOf({})).toEqual([]);
    expect(pathsOf({ QrCodeExpiredOn: 0, MaxFlowNum: 0, CallbackUrl: '' })).toEqual([]);
    expect(pathsOf({ CallbackUrl: 'https://example.com/a' })).toEqual([]);
    expect(pathsOf({ CallbackUrl: 'http://example.com/a' })).toEqual([]);
  });

  it('refuses an end in the past or too far away', () => {
    expect(pathsOf({ QrCodeExpiredOn: startS })).toEqual(['QrCodeExpiredOn']);
    expect(pathsOf({ QrCodeExpiredOn: startS + 1 })).toEqual([]);
    expect(pathsOf({ QrCodeExpiredOn: startS + 365 * dayS })).toEqual([]);
    expect(pathsOf({ QrCodeExpiredOn: startS + 365 * dayS + 1 })).toEqual(['QrCodeExpiredOn']);
  });

  it.each(['test', 'ftp://example.com', 'xhttps://example.com', 'javascript:alert(1)'])(
    'refuses %s as CallbackUrl',
    (CallbackUrl) => {
      expect(pathsOf({ CallbackUrl })).toEqual(['CallbackUrl']);
    },
  );

  it('refuses more contracts than can be counted', () => {
    expect(pathsOf({ MaxFlowNum: 1_000_000_001 })).toEqual(['MaxFlowNum']);
    expect(pathsOf({ MaxFlowNum: 1_000_000_000 })).toEqual([]);
  });
});

describe('memberProblems', () => {
  const paths = (members: Parameters<typeof memberProblems>[0]) =>
    memberProblems(members).map(({ path }) => path);

  it('accepts what fits, counted in characters', () => {
    expect(paths({ externalId: '😀'.repeat(128), note: '', labels: ['a'.repeat(64)] })).toEqual([]);
    expect(paths({ externalId: null, note: null, labels: [] })).toEqual([]);
  });

  it('accepts as many labels as may be, and nothing where nothing is said', () => {
    const labels = Array.from({ length: 32 }, (_, i) => `l${i}`);
    expect(paths({ labels })).toEqual([]);
    expect(paths({ labels: [...labels, 'one more'] })).toEqual(['Labels']);
    expect(paths({})).toEqual([]);
  });

  it.each(['', ' ', '\t', '\u3000'])('refuses a label that shows nothing: %j', (blank) => {
    expect(paths({ labels: ['a', blank] })).toEqual(['Labels.1']);
  });

  it('names everything that does not', () => {
    const labels = [...Array.from({ length: 33 }, (_, i) => `l${i}`), 'l0', 'x'.repeat(65)];
    expect(paths({ externalId: '', note: 'x'.repeat(1001), labels })).toEqual([
      'Note',
      'ExternalId',
      'Labels',
      'Labels.33',
      'Labels.34',
    ]);
  });
});
