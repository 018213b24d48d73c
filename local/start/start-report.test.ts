import { describe, expect, it } from 'vitest';
import { describeStart, type StartReport, startRecord } from './start-report.ts';
import { light, readTerminalQrCode } from './terminal-qr-code.test.kit.ts';

const stableUrl = 'http://127.0.0.1:9000/s/abc';
const report: StartReport = {
  functionsUrl: 'http://127.0.0.1:9000',
  emulatorUrl: 'http://127.0.0.1:9300',
  databaseUrl: 'postgresql://postgres@127.0.0.1:5555/postgres?sslmode=disable',
  apiKey: { hash: 'h', key: 'qm_shown', isNew: true, file: '.local/api-key.sha256' },
  code: { codeId: 'Cvc8kC84uPNYbXBGDLhsnw', stableUrl },
  clock: { nowMs: Date.parse('2026-12-01T00:00:00.5Z'), shiftMs: 0 },
  colour: false,
};

describe('describeStart', () => {
  it('draws the stable link, which no renewal ends, and no address of a generation', () => {
    const text = describeStart(report).en;
    const drawing = text.split('\n').filter((line) => /^[ █▀▄]{20,}$/.test(line));
    expect(readTerminalQrCode(drawing.join('\n'), light)).toBe(stableUrl);
    expect(text).toContain(`  link     ${stableUrl}   (for posters: outlives every renewal)\n`);
    expect(text).not.toContain('/h5/');
  });

  it.each([
    ['http://127.0.0.1:9000/s/abc', true],
    ['http://[::1]:9000/s/abc', true],
    ['http://192.168.1.5:9000/s/abc', false],
  ])('says of %s whether a phone cannot open it', (url, isAlone) => {
    const { en, zh } = describeStart({ ...report, code: { ...report.code, stableUrl: url } });
    expect([en.includes('A phone cannot open this link'), zh.includes('手机无法打开此链接')]).toEqual([
      isAlone,
      isAlone,
    ]);
  });

  it('says what runs where', () => {
    const { en } = describeStart(report);
    for (const where of [
      '127.0.0.1:9000 ',
      '127.0.0.1:9000/console ',
      '127.0.0.1:9000/mcp ',
      '127.0.0.1:9300 ',
      '127.0.0.1:9300/_emulator/',
      '127.0.0.1:5555 ',
    ]) {
      expect(en).toContain(where);
    }
  });

  it('is coloured where the terminal understands it, and says the same', () => {
    // The drawing sets its own colours, and the tests of the drawing look at them.
    const coloured = describeStart({ ...report, colour: true }).en;
    expect(coloured).toContain('\u001b[32mready\u001b[0m');
    const plain = coloured
      .split('\u001b')
      .map((part, at) => (at === 0 ? part : part.replace(/^\[[\d;]*m/, '')));
    expect(plain.join('')).toBe(describeStart(report).en);
    expect(describeStart(report).en).not.toContain('\u001b');
  });

  it('ends with a line that begins with ready and holds the URLs', () => {
    expect(describeStart(report).en.split('\n').at(-1)).toBe(
      'ready  functions http://127.0.0.1:9000  emulator http://127.0.0.1:9300  database postgresql://postgres@127.0.0.1:5555/postgres?sslmode=disable',
    );
  });

  it('shows a key that it has made exactly once', () => {
    expect(describeStart(report).en.split('qm_shown')).toHaveLength(2);
  });

  it('tells the time of the run where it is not that of the machine', () => {
    expect(describeStart(report).en).not.toContain('moved ahead');
    const moved = describeStart({ ...report, clock: { ...report.clock, shiftMs: 604_800_000 } });
    expect(moved.en).toContain('moved ahead by 168.0 hours: it is 2026-12-01T00:00:00Z');
    expect(moved.zh).toContain('拨快了 168.0 小时，现为 2026-12-01T00:00:00Z');
  });

  it('says the same in Chinese', () => {
    const { en, zh } = describeStart({ ...report, clock: { ...report.clock, shiftMs: 1 } });
    expect(zh.split('\n')).toHaveLength(en.split('\n').length);
    for (const [part] of en.matchAll(/https?:\/\/\S+|qm_\w+|^ready.*$/gm)) expect(zh).toContain(part);
    expect(zh).toContain('API 密钥');
  });

  it.each([
    ['a key that was given', { key: 'qm_shown', isNew: false }],
    ['the key of an earlier start', { key: undefined, isNew: false }],
  ])('does not show %s', (_, change) => {
    const text = describeStart({ ...report, apiKey: { ...report.apiKey, ...change } }).en;
    expect(text).not.toContain('qm_shown');
    expect(text).toContain('The API key is the one');
  });
});

describe('startRecord', () => {
  it('names every address, and the key that was made', () => {
    expect(startRecord(report)).toEqual({
      level: 'info',
      message: 'ready',
      functions: 'http://127.0.0.1:9000',
      console: 'http://127.0.0.1:9000/console',
      mcp: 'http://127.0.0.1:9000/mcp',
      emulator: 'http://127.0.0.1:9300',
      database: 'postgresql://postgres@127.0.0.1:5555/postgres?sslmode=disable',
      stableUrl,
      codeId: 'Cvc8kC84uPNYbXBGDLhsnw',
      apiKey: 'qm_shown',
    });
  });

  it('does not show a key that was given', () => {
    expect(startRecord({ ...report, apiKey: { ...report.apiKey, isNew: false } })).not.toHaveProperty(
      'apiKey',
    );
  });
});
