import { describe, expect, it } from 'vitest';
import type { DoctorSurroundings } from './examination.ts';
import { Unreachable } from './http-probe.ts';
import { runDoctor } from './run-doctor.ts';
import { soundEnvironment } from './testing/examined.ts';

/** A world in which nobody answers. */
const surroundings: DoctorSurroundings = {
  openDatabase: () => {
    throw new Error('nobody needs it');
  },
  http: async () => {
    throw new Unreachable('ENOTFOUND');
  },
  nowMs: () => 0,
  serviceFile: async () => 'services: {}',
  stageFile: async (stage) => `ESS_APP_ID=from-${stage}\nESS_SECRET_ID=\${env(X)}\n`,
};

async function doctor(argv: string[], env: Record<string, string | undefined>) {
  const printed: string[] = [];
  const shell = { env, print: (line: string) => void printed.push(line), tell: () => {} };
  const code = await runDoctor([...argv, '--skip', 'database'], shell, surroundings);
  return { code, configuration: printed.find((line) => line.includes('configuration')) };
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

  it('ends with status 1 when a check fails', async () => {
    expect((await doctor([], soundEnvironment)).code).toBe(1);
  });
});
