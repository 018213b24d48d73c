import { describe, expect, it } from 'vitest';
import { describeStart, type StartReport } from './start-report.ts';
import { light, readTerminalQrCode } from './terminal-qr-code.test.kit.ts';

const page = 'http://127.0.0.1:9300/h5/jump-mp.html?qrCodeId=yDwhs';
const report: StartReport = {
  functionsUrl: 'http://127.0.0.1:9000',
  emulatorUrl: 'http://127.0.0.1:9300',
  databaseUrl: 'postgresql://postgres@127.0.0.1:5555/postgres?sslmode=disable',
  apiKey: { hash: 'h', key: 'qm_shown', isNew: true, file: '.local/api-key.sha256' },
  code: {
    QrCode: { QrCodeId: 'yDwhs', QrCodeUrl: 'http://127.0.0.1:9300/x.png', ExpiredTime: 1_796_089_097 },
    SignUrls: { HttpSignUrl: page, AppSignUrl: 'pages/guide' },
    StableUrl: 'http://127.0.0.1:9000/s/abc',
  },
  colour: false,
};

describe('describeStart', () => {
  it('draws the page of the code and names its id, expiry and links', () => {
    const text = describeStart(report);
    const drawing = text.split('\n').filter((line) => /^[ █▀▄]{20,}$/.test(line));
    expect(readTerminalQrCode(drawing.join('\n'), light)).toBe(page);
    for (const part of [
      'yDwhs',
      '2026-12-01T01:38:17.000Z',
      page,
      'pages/guide',
      'http://127.0.0.1:9000/s/abc',
      'http://127.0.0.1:9300/x.png',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('ends with a line that begins with ready and holds the URLs', () => {
    expect(describeStart(report).split('\n').at(-1)).toBe(
      'ready  functions http://127.0.0.1:9000  emulator http://127.0.0.1:9300  database postgresql://postgres@127.0.0.1:5555/postgres?sslmode=disable',
    );
  });

  it('shows a key that it has made exactly once', () => {
    expect(describeStart(report).split('qm_shown')).toHaveLength(2);
  });

  it.each([
    ['a key that was given', { key: 'qm_shown', isNew: false }],
    ['the key of an earlier start', { key: undefined, isNew: false }],
  ])('does not show %s', (_, change) => {
    const text = describeStart({ ...report, apiKey: { ...report.apiKey, ...change } });
    expect(text).not.toContain('qm_shown');
    expect(text).toContain('The API key is the one');
  });
});
