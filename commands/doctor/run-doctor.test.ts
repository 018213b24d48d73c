import { describe, expect, it } from 'vitest';
import type { DoctorSurroundings } from './examination.ts';
import { Unreachable } from './http-probe.ts';
import { runDoctor } from './run-doctor.ts';
import { soundEnvironment } from './testing/examined.ts';

const files: Readonly<Record<string, string>> = {
  'serverless.yml': 'services: {}',
  '.env.dev': `ESS_APP_ID=from-the-file\nESS_SECRET_ID=\${env(X)}\n`,
  'info.json':
    '{"event":"end","publicBaseUrl":"https://sign.example.com","callbackUrl":"https://sign.example.com/cb"}',
};

/** A world in which nobody answers. */
const surroundings: DoctorSurroundings = {
  openDatabase: () => {
    throw new Error('nobody needs it');
  },
  http: async () => {
    throw new Unreachable('ENOTFOUND');
  },
  nowMs: () => 0,
  readFile: async (path) => files[path] ?? Promise.reject(new Error('ENOENT')),
};

async function doctor(argv: string[], env: Record<string, string | undefined>) {
  const printed: string[] = [];
  const told: string[] = [];
  const shell = {
    env,
    print: (line: string) => void printed.push(line),
    tell: (line: string) => void told.push(line),
  };
  const code = await runDoctor([...argv, '--skip', 'database'], shell, surroundings);
  return { code, told, configuration: printed.find((line) => line.includes('configuration')) };
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
    [['--stage', 'prod'], 1, 'error: .env.prod cannot be read'],
    [['--info', 'missing.json'], 1, 'error: missing.json cannot be read'],
    [
      ['--info', 'serverless.yml'],
      2,
      'error: --info must name what npm run deploy -- info --json has written',
    ],
  ])('refuses %j', async (argv, code, message) => {
    const ended = await doctor(argv, soundEnvironment);
    expect([ended.code, ended.told[0]]).toEqual([code, message]);
  });

  it('ends with status 1 when a check fails', async () => {
    expect((await doctor([], soundEnvironment)).code).toBe(1);
  });
});
