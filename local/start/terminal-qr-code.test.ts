import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { casesOf } from '../../shared/testing/cases.ts';
import { dark, light, readTerminalQrCode as read } from './terminal-qr-code.test.kit.ts';
import { terminalQrCode } from './terminal-qr-code.ts';

const url =
  'https://res.ess.tencent.cn/cdn/h5-activity/demo.html?id=yDCHWUUckpvzvr6cUEXSSe0PTSPSWX5L&use_scan=1';

describe('terminalQrCode', () => {
  it.each([
    ['dark', dark],
    ['light', light],
  ])('with colours, is read back from a %s terminal', (_, theme) => {
    expect(read(terminalQrCode(url, { colour: true }), theme)).toBe(url);
  });

  it('without colours, is read back from paper', () => {
    const printed = terminalQrCode(url, { colour: false });
    expect(printed).toMatch(/^[ █▀▄\n]+$/);
    expect(read(printed, light)).toBe(url);
  });

  it('is read back whatever its length', async () => {
    await fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true }), (any) => {
        expect(read(terminalQrCode(any, { colour: true }), dark)).toBe(any);
      }),
      casesOf(25),
    );
  });

  it('keeps a quiet zone of four modules on every side', () => {
    const lines = terminalQrCode(url, { colour: false }).split('\n');
    expect(lines.slice(0, 2).join('').trim()).toBe('');
    expect(lines.slice(-2).join('').replaceAll(' ', '')).toBe('');
    expect(lines.every((line) => line.startsWith('    ') && line.endsWith('    '))).toBe(true);
  });
});
