import { describe, expect, it } from 'vitest';
import { readDeployInfo } from './deploy-info.ts';

const written = [
  { event: 'begin', method: 'info', stage: 'prod', region: 'ap-guangzhou', functions: 3 },
  {
    event: 'function',
    target: 'qianma-prod-stable-link',
    status: 'Active',
    version: '1',
    url: 'https://a.example',
    timers: [],
  },
  {
    event: 'function',
    target: 'qianma-prod-DescribeTemplates',
    status: 'Active',
    version: '1',
    url: 'https://b.example',
    timers: [],
  },
  {
    event: 'function',
    target: 'qianma-prod-prune-records',
    status: 'Active',
    version: '1',
    url: '',
    timers: [],
  },
  {
    event: 'end',
    ok: true,
    calls: 0,
    text: '',
    publicBaseUrl: 'https://a.example',
    callbackUrl: 'https://c.example',
  },
];
const names = ['DescribeTemplates', 'prune-records', 'stable-link'];
const text = `${written.map((line) => JSON.stringify(line)).join('\n')}\n`;

describe('readDeployInfo', () => {
  it('are those of each function that has one, and the base URLs', () => {
    expect(readDeployInfo(text, names)).toEqual({
      urls: new Map([
        ['stable-link', 'https://a.example'],
        ['DescribeTemplates', 'https://b.example'],
      ]),
      env: { PUBLIC_BASE_URL: 'https://a.example', CALLBACK_BASE_URL: 'https://c.example' },
    });
  });

  it('are read past what npm says before a script', () => {
    const banner =
      '\n> qianma@0.1.0 deploy\n> node esbuild.config.mjs >&2 && node dist/deploy/main.mjs info --json\n\n';
    expect(readDeployInfo(banner + text, names)).toEqual(readDeployInfo(text, names));
  });

  it('are none where nothing is deployed', () => {
    expect(readDeployInfo('', names)).toEqual({ urls: new Map(), env: {} });
  });

  it.each(['built 20 functions', '{"target":"x"}', '[]'])('are not read from %s', (line) => {
    expect(() => readDeployInfo(line, names)).toThrow('--info must name what npm run deploy');
  });
});
