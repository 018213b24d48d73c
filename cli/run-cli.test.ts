/** The command line, on the built functions. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { checkedFetch } from '../docs/testing/checked-fetch.ts';
import { platformSuite } from '../functions/testing/platform-suite.ts';
import { recordedShell } from '../shared/shell/testing/recorded-shell.ts';
import { runCli } from './run-cli.ts';

const platform = platformSuite();
let folder: string;
beforeAll(async () => {
  vi.stubGlobal('fetch', checkedFetch(globalThis.fetch));
  folder = await mkdtemp(join(tmpdir(), 'qianma-cli-'));
});
afterAll(async () => {
  vi.unstubAllGlobals();
  await rm(folder, { recursive: true, force: true });
});

interface Surroundings {
  env?: Record<string, string>;
  language?: 'zh' | 'en';
  input?: string;
  /** In the place of waiting. */
  pause?: () => Promise<void>;
}

async function qianma(args: readonly string[], around: Surroundings = {}) {
  const { language = 'en', input = '', pause = async () => undefined } = around;
  const env = around.env ?? { QIANMA_URL: platform.url, QIANMA_KEY: platform.apiKey };
  const shell = recordedShell(env, { language });
  const code = await runCli(args, shell, { readInput: async () => input, pause });
  return { code, printed: shell.printed.join('\n'), told: shell.told };
}

const make = (name: string, ...more: string[]) =>
  qianma([
    ...['ChannelCreateMultiFlowSignQRCode', '--Agent.ProxyOrganizationOpenId', 'proxy-org-openid'],
    ...['--Agent.ProxyOperator.OpenId', 'proxy-operator-openid'],
    ...['--TemplateId', 'yDRvzUUgygqj42ouUuO4zjEueBrK5MeV', '--FlowName', '劳务合同', '--QrCodeName', name],
    ...more,
  ]);

describe('an action', () => {
  it('is called with members as options, nested ones, numbers and lists among them', async () => {
    const { code, printed } = await make(
      '西门',
      ...['--MaxFlowNum', '50', '--Labels', 'a', '--Labels', 'b', '--RenewalPolicy.LeadTimeS', '3600'],
    );
    const { CodeId } = JSON.parse(printed);
    const { printed: found } = await qianma(['DescribeMultiFlowSignQRCodes', '--CodeId', CodeId]);
    expect([code, JSON.parse(found).Codes]).toMatchObject([
      0,
      [{ QrCodeName: '西门', MaxFlowNum: 50, Labels: ['a', 'b'], RenewalPolicy: { LeadTimeS: 3600 } }],
    ]);
  });

  it('takes its body from an option, a file or the standard input, with members laid over it', async () => {
    const body = '{"Label":"no","Limit":2}';
    await writeFile(join(folder, 'body.json'), body);
    for (const json of [body, `@${join(folder, 'body.json')}`, '-']) {
      const args = ['DescribeMultiFlowSignQRCodes', '--json', json, '--Label', 'a', '--dry-run'];
      const { printed } = await qianma(args, { input: body });
      expect(JSON.parse(printed)).toEqual({ Label: 'a', Limit: 2 });
    }
  });

  it('that can be tried is tried, and makes nothing', async () => {
    const { printed } = await make('nowhere', '--dry-run');
    expect(JSON.parse(printed)).toMatchObject({ DryRun: true, Template: { Fitness: 'Fit' } });
    const { printed: found } = await qianma(['DescribeMultiFlowSignQRCodes', '--Text', 'nowhere']);
    expect(JSON.parse(found).Codes).toEqual([]);
  });

  it('that is refused ends with 1, and names all that is wrong', async () => {
    const { code, told } = await make('x', '--MaxFlowNum=-1', '--FlowDisplayType', '9');
    expect([code, told]).toEqual([
      1,
      [
        expect.stringMatching(/^InvalidRequest: /),
        expect.stringMatching(/^ {2}MaxFlowNum /),
        expect.stringMatching(/^ {2}FlowDisplayType /),
        expect.stringMatching(/^ {2}requestId /),
      ],
    ]);
  });

  it('that is called in a wrong way ends with 2, and names all that is wrong', async () => {
    const { code, told } = await qianma(['DescribeContracts', '--Generation', 'x', '--json', '{']);
    expect([code, told]).toEqual([2, ['error: --json is no JSON; --Generation must be a whole number']]);
    expect(await qianma(['DescribeContracts', '--Nothing', 'x'])).toMatchObject({ code: 2 });
    expect(await qianma(['Nothing'], { language: 'zh' })).toMatchObject({
      code: 2,
      told: ['错误：没有接口 Nothing，请看 qianma help'],
    });
  });

  it('that nobody answers ends with 3', async () => {
    const env = { QIANMA_URL: 'http://127.0.0.1:1', QIANMA_KEY: 'x' };
    expect(await qianma(['GetCallerIdentity'], { env })).toMatchObject({ code: 3 });
  });

  it('explains itself and its members, in the language of the shell', async () => {
    const { code, printed } = await qianma(['CancelBatch', '--help'], { language: 'zh', env: {} });
    expect([code, printed]).toEqual([
      0,
      expect.stringMatching(/取消批次.*\n\n {2}--BatchId <text>（必填）\n {6}批次/s),
    ]);
    expect((await qianma([], { env: {} })).printed).toContain('DescribeContracts');
  });
});

describe('a list', () => {
  it('is a table whose columns stand below each other, in Chinese too', async () => {
    await make('north', '--Labels', 'wide');
    await make('东门出口', '--Labels', 'wide');
    const { printed } = await qianma([
      ...[
        'DescribeMultiFlowSignQRCodes',
        '--Label',
        'wide',
        '--table',
        '--columns',
        'QrCodeName,State,Reason',
      ],
    ]);
    const [head = '', first = '', second = ''] = printed.split('\n');
    expect(head).toMatch(/^QrCodeName {2}State {3}Reason$/);
    expect(first).toMatch(/^东门出口 {4}Active {2}\S/);
    expect(second).toMatch(/^north {7}Active {2}\S/);
  });

  it('is printed with all its pages, an item in a line', async () => {
    for (let made = 0; made < 3; made += 1) await make('many', '--Labels', 'many');
    const { printed } = await qianma([
      ...['DescribeMultiFlowSignQRCodes', '--Label', 'many', '--json', '{"Limit":1}', '--all'],
    ]);
    expect(printed.split('\n').map((line) => JSON.parse(line).QrCodeName)).toEqual(['many', 'many', 'many']);
  });
});

describe('a batch', () => {
  it('is followed until it is over', async () => {
    await make('batched', '--Labels', 'batched');
    const args = ['BatchModifyMultiFlowSignQRCode', '--Operation', 'Pause', '--Label', 'batched', '--wait'];
    const work = async () => void (await platform.host.invoke('work-off-batches', {}));
    const { code, printed, told } = await qianma(args, { pause: work });
    expect([code, JSON.parse(printed)]).toMatchObject([0, { State: 'Finished', Done: 1 }]);
    expect(told.at(-1)).toBe('1 of 1 done, 0 failed, 0 unknown, 0 cancelled');
  });
});

describe('a profile', () => {
  it('is chosen by its name, or is the default', async () => {
    const path = join(folder, 'config.json');
    const profiles = {
      here: { url: platform.url, key: platform.apiKey },
      none: { url: 'http://127.0.0.1:1', key: 'x' },
    };
    await writeFile(path, JSON.stringify({ profiles, default: 'here' }));
    const env = { QIANMA_CONFIG: path };
    expect(await qianma(['GetCallerIdentity'], { env })).toMatchObject({ code: 0 });
    expect(await qianma(['GetCallerIdentity', '--profile', 'none'], { env })).toMatchObject({ code: 3 });
    expect(await qianma(['GetCallerIdentity', '--profile', 'x'], { env })).toMatchObject({
      code: 1,
      told: [`error: there is no x in ${path}`],
    });
  });

  it('that is none is told with where it belongs', async () => {
    const { code, told } = await qianma(['GetCallerIdentity'], { env: { HOME: folder } });
    expect([code, told]).toEqual([
      1,
      [
        `error: set QIANMA_URL and QIANMA_KEY, or write them into ${join(folder, '.config/qianma/config.json')}`,
      ],
    ]);
  });
});

describe('explain', () => {
  it('says of a code what it is, how far it is used and what came', async () => {
    const { printed } = await make('explained', '--ExternalId', 'gate-9');
    const { CodeId, QrCode } = JSON.parse(printed);
    platform.emulator.scan(QrCode.QrCodeId, { count: 1 });
    await platform.emulator.callbacks.deliverDue();
    const said = (await qianma(['explain', 'gate-9'])).printed;
    expect(said).toContain(`Code explained ${CodeId} is Active.`);
    expect(said).toMatch(/Generation 1: 1 of 5 used\./);
    expect(said).toMatch(/MultiFlowSignQrCodeCost: Applied\./);
    const chinese = (await qianma(['explain', CodeId], { language: 'zh' })).printed;
    expect(chinese).toContain(`签署码 explained ${CodeId}：Active。`);
    const [contract] = JSON.parse(
      (await qianma(['DescribeContracts', '--CodeId', CodeId])).printed,
    ).Contracts;
    expect((await qianma(['explain', contract.FlowId])).printed).toContain(
      `of code ${CodeId} has started it`,
    );
  });

  it('says of a batch which rows have failed, and why', async () => {
    const rows = JSON.stringify([{ TemplateId: 'yDRvzUUgygqj42ouUuO4zjEueBrK5MeV', FlowName: 'x' }]);
    const refused = { action: 'ChannelCreateMultiFlowSignQRCode', code: 'OperationDenied.NoQuota', count: 1 };
    await fetch(`${platform.emulatorUrl}/_emulator/faults`, {
      method: 'POST',
      body: JSON.stringify(refused),
    });
    const agent =
      '{"ProxyOrganizationOpenId":"proxy-org-openid","ProxyOperator":{"OpenId":"proxy-operator-openid"}}';
    const { printed } = await qianma([
      'BatchCreateMultiFlowSignQRCode',
      '--json',
      `{"Agent":${agent}}`,
      '--Rows',
      rows,
    ]);
    const { BatchId } = JSON.parse(printed);
    const said = (await qianma(['explain', BatchId])).printed;
    expect(said).toMatch(/^Batch \w+ \(Create\) is Finished: of 1 rows 0 are done, 1 have failed/);
    expect(said).toMatch(/\nRow 1: \S/);
  });

  it('says what an error code means without asking anybody', async () => {
    const { code, printed } = await qianma(['explain', 'OperationDenied.NoQuota'], { env: {} });
    expect([code, printed.split('\n')]).toMatchObject([0, { length: 3 }]);
    expect((await qianma(['explain', 'VersionConflict'], { env: {} })).printed).toContain('What to do: ');
  });

  it('says where to look for the id of a request, and what it has looked for of any other', async () => {
    const requestId = '2c595ebb-5a10-4b43-9f36-cdb0a6b723a1';
    expect((await qianma(['explain', requestId])).told).toEqual([
      expect.stringContaining(`requestId:"${requestId}"`),
    ]);
    expect((await qianma(['explain', 'nothing'])).told).toEqual([
      expect.stringContaining('this key sees no nothing'),
    ]);
  });
});
