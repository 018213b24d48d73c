import { createRequire } from 'node:module';
import type * as essbasicModule from 'tencentcloud-sdk-nodejs/tencentcloud/services/essbasic/index.js';
import { describe, expect, it } from 'vitest';
import { errorCodes } from '../../shared/essbasic/error-codes.ts';
import { assumptions, omissions } from './assumptions.ts';
import { sentNotifications } from './callbacks/sent-notifications.ts';
import { controlRoutes } from './control/control-routes.ts';
import { renderCoverage, updateCommand } from './coverage.ts';
import { emulatedChecks } from './emulated-checks.ts';
import { allEmulatedActions } from './gateway/emulated-actions.ts';
import { provocations } from './provocations.ts';
import { actionsWithoutSdk, upstreamActions } from './upstream-actions.ts';

// By `require`, since Node and vitest disagree about what the exports of this CommonJS module are.
const { essbasic }: typeof essbasicModule = createRequire(import.meta.url)(
  'tencentcloud-sdk-nodejs/tencentcloud/services/essbasic/index.js',
);
const sdkActions = Object.getOwnPropertyNames(essbasic.v20210526.Client.prototype)
  .filter((name) => name !== 'constructor')
  .sort();

const text = await renderCoverage();
const emulatedActions = await allEmulatedActions();

describe('COVERAGE.md', () => {
  it('is what its sources say', async () => {
    await expect(text, `stale: run ${updateCommand}`).toMatchFileSnapshot('COVERAGE.md');
  });

  it('names every error code of the contract, each provocation, route, notification, assumption and omission', () => {
    for (const code of Object.keys(errorCodes)) expect(text).toContain(`\`${code}\``);
    for (const { patch } of provocations.filter((one) => one.patch)) {
      expect(text).toContain(`\`${JSON.stringify(patch)}\``);
    }
    for (const { method, path } of controlRoutes) expect(text).toContain(`\`${method} /_emulator/${path}\``);
    for (const { MsgType } of sentNotifications) expect(text).toContain(`| \`${MsgType}\` |`);
    for (const { zh, en } of [...assumptions, ...omissions]) {
      expect(text).toContain(zh);
      expect(text).toContain(en);
    }
  });

  it('names every action of upstream once among the emulated or among the others', () => {
    expect([...upstreamActions].sort()).toEqual([...sdkActions, ...actionsWithoutSdk].sort());
    const emulated = emulatedActions.map(({ contract }) => contract.name);
    expect(upstreamActions).toEqual(expect.arrayContaining(emulated));
    expect(Object.keys(emulatedChecks).sort()).toEqual([...emulated].sort());
    for (const action of upstreamActions) {
      const named = emulated.includes(action) ? `### ${action}\n` : `\`${action}\``;
      expect(text.split(named)).toHaveLength(2);
    }
  });

  it('has tables whose rows are as wide as their headings', () => {
    for (const block of text.split('\n\n').filter((one) => one.startsWith('|'))) {
      const widths = block
        .trim()
        .split('\n')
        .map((line) => line.replaceAll('\\|', '').split('|').length);
      expect(new Set(widths).size).toBe(1);
    }
  });
});
