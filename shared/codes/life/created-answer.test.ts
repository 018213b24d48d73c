import { describe, expect, it } from 'vitest';
import { sampleCode, sampleGeneration } from '../testing/sample-code.ts';
import { startS } from '../testing/world.ts';
import { createdAnswer, foundAnswer } from './created-answer.ts';

const base = 'https://q.example';
const code = sampleCode();
const inRegister = {
  CodeId: 'code',
  Slug: 'slug',
  StableUrl: 'https://q.example/s/slug',
  State: 'Active',
  Version: 2,
};

describe('the answer to a create', () => {
  it('is that of upstream, and how the register calls what was made', () => {
    const response = { QrCode: { QrCodeId: 'qr-1', ExpiredTime: startS }, Added: 'later' };
    expect(createdAnswer(code, response, base)).toEqual({ ...response, ...inRegister });
  });
});

describe('the answer to a create that was cut off', () => {
  const urls = {
    QrCodeUrl: 'https://example.test/1.png',
    WeixinQrCodeUrl: 'https://example.test/1-weixin.png',
    AppSignUrl: 'pages/guide?1',
    HttpSignUrl: 'https://example.test/1',
  };
  const first = sampleGeneration({ urls, expiresAtS: startS + 60 });

  it('has the generation that it made, and not its successors', () => {
    const generations = [sampleGeneration({ number: 2, qrCodeId: 'qr-2' }), first];
    const { AppSignUrl, HttpSignUrl, ...pictures } = urls;
    expect(foundAnswer({ code, generations }, base)).toEqual({
      QrCode: { QrCodeId: 'qr-1', ExpiredTime: startS + 60, ...pictures },
      SignUrls: { AppSignUrl, EffectiveTime: '', HttpSignUrl },
      ...inRegister,
    });
  });

  it('has no address that upstream did not give', () => {
    const generations = [sampleGeneration({ urls: { HttpSignUrl: urls.HttpSignUrl } })];
    const { QrCode, SignUrls } = foundAnswer({ code, generations }, base);
    expect(Object.keys(QrCode)).toEqual(['QrCodeId', 'ExpiredTime']);
    expect(Object.keys(SignUrls ?? {})).toEqual(['EffectiveTime', 'HttpSignUrl']);
  });

  it('comes when the timer has found out what it did', () => {
    const record = { code: sampleCode({ state: 'Creating', current: null }), generations: [] };
    expect(() => foundAnswer(record, base)).toThrow(
      expect.objectContaining({ code: 'IdempotencyKeyInUse', retryAfterS: 60 }),
    );
  });

  it('names the code of which it is not known whether upstream has made it', () => {
    const record = { code: sampleCode({ state: 'OutcomeUnknown', current: null }), generations: [] };
    expect(() => foundAnswer(record, base)).toThrow(
      expect.objectContaining({ code: 'UnknownOutcome', members: { CodeId: 'code' } }),
    );
  });
});
