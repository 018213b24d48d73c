/** `npm run doctor` as a process, against the built functions on the local platform. */
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { exampleTemplateId, zooTemplateId } from '../../local/essbasic/seeds/templates.ts';
import { type Platform, startPlatform } from '../../local/start/testing/platform.ts';
import { checks } from './checks.ts';
import { closedAddress } from './testing/closed-address.ts';
import { exampleOperator, soundEnvironment } from './testing/examined.ts';

const { ESS_CALLBACK_KEYS, ESS_CALLBACK_TOKENS, REGISTER_KEYS } = soundEnvironment;
const callback = { ESS_CALLBACK_KEYS, ESS_CALLBACK_TOKENS };

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

let platform: Platform;
let environment: Record<string, string | undefined>;

beforeAll(async () => {
  platform = await startPlatform({ ...callback, REGISTER_KEYS });
  environment = {
    ...soundEnvironment,
    DATABASE_URL: platform.databaseUrl,
    ESS_ENDPOINT: platform.emulatorUrl,
    PUBLIC_BASE_URL: platform.url,
  };
});
afterEach(() => platform.emulator.faults.clear());
afterAll(() => platform.close());

function doctor(argv: readonly string[], changed: Record<string, string | undefined> = {}): Promise<Ended> {
  const env = { PATH: process.env['PATH'], ...environment, ...changed };
  return new Promise((done) => {
    execFile(
      process.execPath,
      [resolve('dist/commands/doctor.mjs'), ...argv],
      { env },
      (error, stdout, stderr) => {
        done({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
      },
    );
  });
}

interface Report {
  healthy: boolean;
  checks: { id: string; outcome: string; text: string; remedy?: string }[];
}

/** What is not ok, by id. */
async function ailments(
  changed: Record<string, string | undefined>,
  template = exampleTemplateId,
): Promise<{ code: number; failed: Record<string, string>; skipped: string[]; stdout: string }> {
  const { code, stdout } = await doctor([...whole(template), '--json'], changed);
  // Our own document.
  const report = JSON.parse(stdout) as Report;
  expect(report.healthy).toBe(code === 0);
  const of = (outcome: string) => report.checks.filter((item) => item.outcome === outcome);
  return {
    code,
    failed: Object.fromEntries(of('fail').map(({ id, text }) => [id, text])),
    skipped: of('skipped').map(({ id }) => id),
    stdout,
  };
}

const whole = (template: string) => [
  ...['--organization', exampleOperator.organization, '--operator', exampleOperator.operator],
  ...['--template', template],
];

describe('npm run doctor', () => {
  it('finds everything in order: a line for each check, and status 0', async () => {
    const { code, stdout, stderr } = await doctor(whole(exampleTemplateId));
    const lines = stdout.trimEnd().split('\n');
    expect(lines.slice(0, -1).map((line) => line.split(/ +/, 2))).toEqual(checks.map(({ id }) => ['ok', id]));
    expect(lines.at(-1)).toBe(`${checks.length} ok`);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('speaks Chinese where the shell does', async () => {
    const { stdout } = await doctor(whole(exampleTemplateId), { LANG: 'zh_CN.UTF-8' });
    expect(stdout).toMatch(/^ok +credentials +上游接受签名$/m);
    expect(stdout).toMatch(new RegExp(`^${checks.length} 项正常\\n$`, 'm'));
  });

  it.each([
    ['ESS_SECRET_KEY', 'geheimgeheim', ['credentials'], ['application', 'template']],
    ['ESS_APP_ID', 'nobody', ['application'], ['template']],
    ['ESS_CALLBACK_KEYS', 'ANOTHERKEYOFTHETESTS000000000000', ['callback-match'], []],
    ['ESS_CALLBACK_TOKENS', 'another-token', ['callback-match'], []],
    ['REGISTER_KEYS', 'geheimgeheim', ['register-keys'], ['sealed-texts']],
  ])('finds a wrong %s and shows no value', async (name, value, failing, skipping) => {
    const { code, failed, skipped, stdout } = await ailments({ [name]: value });
    expect({ code, failing: Object.keys(failed), skipped }).toEqual({
      code: 1,
      failing,
      skipped: skipping,
    });
    if (name !== 'ESS_APP_ID') expect(stdout).not.toContain(value);
  });

  it('finds everything that is not set, and checks what can be checked', async () => {
    const { failed, skipped } = await ailments({ ESS_SECRET_ID: undefined, ESS_CALLBACK_TOKENS: undefined });
    expect(failed).toEqual({ configuration: 'ESS_SECRET_ID is not set; ESS_CALLBACK_TOKENS is not set' });
    expect(skipped).toEqual(['credentials', 'application', 'template', 'callback-secrets', 'callback-match']);
  });

  it('finds that upstream, the database or the functions are out of reach', async () => {
    const closed = await closedAddress();
    const { failed, skipped } = await ailments({
      ESS_ENDPOINT: `http://${closed}`,
      DATABASE_URL: `postgresql://app:geheim@${closed}/app`,
      PUBLIC_BASE_URL: `http://${closed}`,
    });
    expect(Object.keys(failed)).toEqual([
      'clock',
      'database',
      'stable-link',
      'function-urls',
      'console',
      'poster',
      'callback-probe',
    ]);
    expect(skipped).toEqual([
      ...['credentials', 'application', 'template'],
      ...['database-version', 'database-encoding', 'migrations', 'database-rights', 'sealed-texts'],
      ...['callback-forgery', 'callback-match', 'timers'],
    ]);
    expect(JSON.stringify(failed)).not.toContain('geheim');
  });

  it('finds a template that cannot carry a sign code', async () => {
    const { failed } = await ailments({}, zooTemplateId('NoPerson'));
    expect(failed).toEqual({ template: expect.stringContaining('All signers are enterprises') });
  });

  it('finds that upstream is out of order', async () => {
    platform.emulator.faults.add({ code: 'InternalError' });
    const { failed } = await ailments({});
    expect(failed).toEqual({ application: expect.stringContaining('InternalError') });
  });

  it('has the poster of a code drawn, with a key', async () => {
    const { apiKey: API_KEY } = platform;
    const poster = async () => (await doctor(['--json'], { API_KEY })).stdout;
    expect(await poster()).toContain('no active code');
    const { organization: ProxyOrganizationOpenId, operator: OpenId } = exampleOperator;
    await platform.call('ChannelCreateMultiFlowSignQRCode', {
      Agent: { ProxyOrganizationOpenId, ProxyOperator: { OpenId } },
      TemplateId: exampleTemplateId,
      FlowName: '劳务合同',
    });
    expect(await poster()).toContain('The poster of a code is drawn');
  });

  it('looks for the file of a stage, and says when there is none', async () => {
    expect(await doctor([...whole(exampleTemplateId), '--stage', 'nowhere'])).toMatchObject({
      code: 0,
      stderr: 'there is no .env.nowhere: all values come from the environment\n',
    });
  });

  it('says how it is called', async () => {
    expect(await doctor(['--quick'])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/^error: there is no option --quick\nusage: npm run doctor/),
    });
  });
});
