import { describe, expect, it } from 'vitest';
import { recordedShell } from '../../shared/shell/testing/recorded-shell.ts';
import type { Account } from './real-target.ts';
import type { Target } from './run-cases.ts';
import { runConformance } from './run-conformance.ts';

const having = {
  AppId: 'app',
  ProxyOrganizationOpenId: 'org',
  OpenId: 'operator',
  TemplateId: 'template',
  RecipientId: 'recipient',
};
const account =
  '--app app --organization org --operator operator --template template --recipient recipient'.split(' ');
const secrets = { ESS_SECRET_ID: 'the-id', ESS_SECRET_KEY: 'the-key' };

/** Whoever is asked refuses everything. */
function world() {
  const target: Target = {
    having,
    call: async () => 'InternalError',
    makeCode: async () => 'code',
    nowS: () => 1_800_000_000,
  };
  const asked: string[] = [];
  const accounts: Account[] = [];
  const files = new Map<string, string>();
  const ports = {
    async emulated() {
      asked.push('emulator');
      return { ...target, close: async () => {} };
    },
    real(given: Account) {
      asked.push('tencent');
      accounts.push(given);
      return target;
    },
    pause: async () => {},
    async open(file: string) {
      files.set(file, '');
      return async (text: string) => void files.set(file, `${files.get(file)}${text}`);
    },
  };
  return { ports, asked, accounts, files };
}

describe('npm run conformance', () => {
  it('asks the emulator, writes a line for each case, and fails where answers disagree', async () => {
    const { ports, asked, files } = world();
    const shell = recordedShell({});
    expect(await runConformance(['--to', 'a.jsonl', '--single'], shell, ports)).toBe(1);
    expect(asked).toEqual(['emulator']);
    const lines = (files.get('a.jsonl') ?? '').trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(800);
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      id: 'ChannelCreateMultiFlowSignQRCode#0',
      changes: [],
      expected: ['ok'],
      sources: [],
      answered: 'InternalError',
      isMet: false,
    });
    expect(shell.printed.join()).toMatch(/^\d+ cases, of which \d+ disagree/);
  });

  it('asks Tencent only when it is told to, and writes nothing of the account', async () => {
    const { ports, asked, accounts, files } = world();
    const shell = recordedShell(secrets);
    const line = ['--real', '--single', '--to', 'b.jsonl', ...account];
    expect(await runConformance(line, shell, ports)).toBe(1);
    expect([asked, accounts]).toMatchObject([
      ['tencent'],
      [{ having, credentials: { secretId: 'the-id', secretKey: 'the-key' } }],
    ]);
    expect(files.get('b.jsonl')).not.toMatch(/the-id|the-key|"org"|"operator"/);
  });

  it.each([
    [[], {}, '--to is missing'],
    [['--to', 'c', '--app', 'x'], {}, '--app needs --real'],
    [['--to', 'c', '--real', ...account], {}, 'ESS_SECRET_ID is missing'],
    [['--to', 'c', '--real', '--app', 'x'], secrets, '--organization is missing'],
    [['--to', 'c', '--endpoint', 'https://essbasic.tencentcloudapi.com'], {}, 'no option --endpoint'],
  ])('with %j in %j asks nobody', async (line, env, why) => {
    const { ports, asked, files } = world();
    const shell = recordedShell(env);
    expect(await runConformance(line, shell, ports)).toBe(2);
    expect(shell.told.join('\n')).toContain(why);
    expect([asked, files.size]).toEqual([[], 0]);
  });
});
