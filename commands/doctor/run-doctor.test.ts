import { describe, expect, it } from 'vitest';
import { recordedShell } from '../../shared/shell/testing/recorded-shell.ts';
import { untranslated } from '../../shared/text.ts';
import type { DoctorSurroundings } from './examination.ts';
import { Unreachable } from './http-probe.ts';
import { runDoctor } from './run-doctor.ts';
import { soundEnvironment } from './testing/examined.ts';

const files: Readonly<Record<string, string>> = {
  'serverless.yml': 'services: {}',
  '.env.dev': `ESS_APP_ID=from-the-file\nESS_SECRET_ID=\${env(X)}\n`,
  '.env.bad': 'ESS_APP_ID=from-the-file # or not',
  'info.json':
    '{"event":"end","publicBaseUrl":"https://sign.example.com","callbackUrl":"https://sign.example.com/cb"}',
};

/** A world without an answer. */
const surroundings: DoctorSurroundings = {
  openDatabase: () => {
    throw new Error('nobody needs it');
  },
  http: async () => {
    throw new Unreachable(untranslated('ENOTFOUND'));
  },
  nowMs: () => 0,
  readOptional: async (path) => files[path],
  askDeployment: async () => {
    throw new Error('nobody is asked');
  },
};

async function doctor(
  argv: string[],
  env: Record<string, string | undefined>,
  more: Partial<DoctorSurroundings> = {},
) {
  const shell = recordedShell(env);
  const code = await runDoctor([...argv, '--skip', 'database'], shell, {
    ...surroundings,
    ...more,
  });
  return {
    code,
    told: shell.told,
    configuration: shell.printed.find((line) => line.includes('configuration')),
  };
}

describe('runDoctor', () => {
  it('takes from the file of a stage what the environment lacks', async () => {
    const { ESS_APP_ID: _, ESS_SECRET_ID: id, ...rest } = soundEnvironment;
    expect((await doctor([], { ...rest, ESS_SECRET_ID: id })).configuration).toContain(
      'ESS_APP_ID is not set',
    );
    expect((await doctor(['--stage', 'dev'], { ...rest, ESS_SECRET_ID: id })).configuration).toMatch(/^ok /);
    // What the environment has goes first.
    expect((await doctor(['--stage', 'dev'], rest)).configuration).toContain('ESS_SECRET_ID holds');
  });

  it('takes the base URLs from what the deployment has told', async () => {
    const { PUBLIC_BASE_URL: _, ...rest } = soundEnvironment;
    expect((await doctor([], rest)).configuration).toContain('PUBLIC_BASE_URL is not set');
    expect((await doctor(['--info', 'info.json'], rest)).configuration).toMatch(/^ok /);
  });

  it.each([
    [
      ['--stage', 'bad'],
      1,
      'error: .env.bad: ESS_APP_ID has a # after a blank: put the value in quotes, or the comment on a line of its own',
    ],
    [['--info', 'missing.json'], 1, 'error: missing.json is not there'],
    [
      ['--info', 'serverless.yml'],
      2,
      'error: --info must name what npm run deploy -- info --json has written',
    ],
  ])('refuses %j', async (argv, code, message) => {
    const ended = await doctor(argv, soundEnvironment);
    expect([ended.code, ended.told[0]]).toEqual([code, message]);
  });

  it('asks the deployment of the stage for them by itself, where the key of the deployer is there', async () => {
    const { PUBLIC_BASE_URL: _, ...rest } = soundEnvironment;
    const asked: string[] = [];
    const askDeployment: DoctorSurroundings['askDeployment'] = async (stage) => {
      asked.push(stage);
      return { urls: new Map(), env: { PUBLIC_BASE_URL: 'https://asked.example.com' } };
    };
    const keyed = { ...rest, qianma_serverless_devs_access: '{}' };
    for (const [argv, env] of [
      [['--stage', 'prod'], keyed],
      [[], { ...keyed, STAGE: 'prod' }],
    ] as const) {
      expect((await doctor([...argv], env, { askDeployment })).configuration).toMatch(/^ok /);
    }
    expect(asked).toEqual(['prod', 'prod']);
    // Without the key, or a stage, there is nobody to ask; with --info there is no need.
    await doctor(['--stage', 'prod'], rest, { askDeployment });
    await doctor([], keyed, { askDeployment });
    await doctor(['--stage', 'prod', '--info', 'info.json'], keyed, { askDeployment });
    expect(asked).toHaveLength(2);
  });

  it('goes on, and says why, where the deployment cannot be asked', async () => {
    const env = { ...soundEnvironment, qianma_serverless_devs_access: '{}' };
    const { told, configuration } = await doctor(['--stage', 'prod'], env);
    expect(told).toEqual([
      'there is no .env.prod: all values come from the environment',
      'where the deployment is reached could not be asked (Error: nobody is asked): give it with --info',
    ]);
    expect(configuration).toMatch(/^ok /);
  });

  it('ends with status 1 when a check fails', async () => {
    expect((await doctor([], soundEnvironment)).code).toBe(1);
  });
});
