import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { Failure } from '../../shared/errors.ts';
import { inLanguage } from '../../shared/text.ts';
import { credentials, methodRuns, services } from '../testing/method-runs.ts';
import { projectYaml, secret } from '../testing/project.ts';

const runs = methodRuns();

async function problemsOf(running: Promise<unknown>): Promise<string[]> {
  try {
    await running;
  } catch (error) {
    if (error instanceof Failure)
      return error.problems.map(({ path, message }) => `${path} ${inLanguage(message, 'en')}`);
    throw error;
  }
  return [];
}

describe('deploy', () => {
  it('deploys, tries every function, and says where they are', async () => {
    const result = await runs.run('deploy');
    expect(result).toMatchObject({
      publicBaseUrl: expect.stringContaining('stable-link'),
      callbackUrl: expect.stringContaining('callback-handler'),
    });
    expect(runs.lines.filter((line) => line.startsWith('✓'))).toHaveLength(3);
    expect(runs.lines.join('\n')).toMatch(new RegExp(`回调地址 / callback address +${result.callbackUrl}\n`));
    expect(runs.lines.join('\n')).toMatch(/签名验证 TOKEN .* ESS_CALLBACK_TOKENS, the first of them\n/);
  });

  it('shows no secret, in text or in JSON', async () => {
    await runs.run('deploy');
    const deployed = runs.lines;
    await runs.run('plan', ['--stage', 'dev', '--json']);
    expect(deployed.length).toBeGreaterThan(20);
    for (const hidden of [secret, credentials.SecretKey])
      expect([...deployed, ...runs.lines].join('\n')).not.toContain(hidden);
  });

  it('fails when a function does not answer, and can be told not to try', async () => {
    runs.answer = async () => new Response('', { status: 502 });
    expect(await problemsOf(runs.run('deploy'))).toEqual([
      'qianma-dev-stable-link smoke test: answers 502',
      'qianma-dev-callback-handler smoke test: answers 502',
    ]);
    expect(await problemsOf(runs.run('deploy', ['--stage', 'dev', '--skip-smoke']))).toEqual([]);
  });

  it('of one service leaves the others alone', async () => {
    await runs.run('deploy');
    runs.model.calls.length = 0;
    for (const name of services) writeFileSync(join(runs.folder, 'dist', name, 'index.js'), '// new');
    const problems = await problemsOf(runs.run('deploy', undefined, { only: 'stable-link' }));
    expect(problems).toEqual(['qianma-dev-stable-link is prepared, and waits for migrate-database']);
    expect(new Set(runs.writes().map((write) => write.split(' ')[1]))).toEqual(
      new Set(['qianma-dev-stable-link']),
    );
    await runs.run('deploy', undefined, { only: 'migrate-database' });
    expect(await problemsOf(runs.run('deploy', undefined, { only: 'stable-link' }))).toEqual([]);
    expect(runs.writes()).not.toContain('UpdateFunctionCode qianma-dev-callback-handler');
  });

  it('takes values from .env.<stage>, and the environment first', async () => {
    runs.env = { DATABASE_URL: secret };
    writeFileSync(
      join(runs.folder, '.env.dev'),
      'DATABASE_URL=postgres://of-the-file\nPUBLIC_BASE_URL=https://links.example.com\n',
    );
    expect(await runs.run('deploy')).toMatchObject({ publicBaseUrl: 'https://links.example.com' });
    const variables = JSON.stringify(
      runs.model.functions.get('qianma-dev-stable-link')?.members['Environment'],
    );
    expect(variables).toContain(secret);
    expect(variables).toContain('https://links.example.com');
    expect(variables).not.toContain('of-the-file');
  });
});

describe('what a person should know of the values', () => {
  it('is that the environment goes before the file, and for which', async () => {
    writeFileSync(join(runs.folder, '.env.dev'), `DATABASE_URL=postgres://of-the-file\nSTAGE=dev\n`);
    await runs.run('plan');
    expect(runs.lines).toContain('! *  the environment goes before .env.dev for DATABASE_URL');
    expect(runs.lines.join('\n')).not.toContain('of-the-file');
  });

  it('is that there is no file for the stage', async () => {
    await runs.run('plan');
    expect(runs.lines).toContain('! *  there is no .env.dev: all values come from the environment');
  });

  it('is told in the language of the shell, and so are the reasons of calls', async () => {
    await runs.run('plan', undefined, { language: 'zh' });
    expect(runs.lines).toContain('! *  没有 .env.dev：取值均来自环境变量');
    expect(runs.lines.some((line) => line.includes('stable-link  CreateFunction  尚不存在'))).toBe(true);
    const left = runs.lines.filter((line) => !/\p{sc=Han}/u.test(line));
    expect(left).toEqual([]);
  });
});

describe('a deployment without what the functions need', () => {
  it('is refused before the first call, with everything that is missing or wrong', async () => {
    writeFileSync(join(runs.folder, '.env.dev'), 'PUBLIC_BASE_URL=ftp://x\n');
    runs.env = {};
    const problems = await problemsOf(runs.run('deploy'));
    expect(problems).toEqual([
      'DATABASE_URL is not set',
      expect.stringMatching(/^PUBLIC_BASE_URL must begin with https/),
    ]);
    expect(runs.model.calls).toEqual([]);
  });

  it('is refused for a key that could seal nothing', async () => {
    writeFileSync(
      join(runs.folder, 'serverless.yml'),
      projectYaml({ renew: 'environment: [REGISTER_KEYS]' }),
    );
    runs.env['REGISTER_KEYS'] = 'too-short';
    expect(await problemsOf(runs.run('deploy'))).toEqual([expect.stringContaining('REGISTER_KEYS')]);
    expect(runs.model.calls).toEqual([]);
  });

  it('has a plan all the same, which says so and fails', async () => {
    runs.env = {};
    expect(await problemsOf(runs.run('plan'))).toEqual(['qianma-dev-* DATABASE_URL is not set']);
    expect(runs.lines.some((line) => line.includes('stable-link  CreateFunction  is not there yet'))).toBe(
      true,
    );
    expect(runs.lines).toContain('✗ *  DATABASE_URL is not set');
  });
});

describe('remove', () => {
  beforeEach(() => runs.run('deploy'));

  it('asks, and deletes when the stage is the answer', async () => {
    await runs.run('remove', ['--stage', 'dev'], { answer: 'dev ' });
    expect(runs.asked).toEqual([
      expect.stringMatching(
        /^4 functions of the stage dev will be deleted \(.*\), their Function URLs for ever/,
      ),
    ]);
    expect(runs.model.functions.size).toBe(0);
  });

  it.each(['', 'y', 'prod'])('deletes nothing when the answer is "%s"', async (answer) => {
    await expect(runs.run('remove', ['--stage', 'dev'], { answer })).rejects.toThrow('Nothing was done');
    expect(runs.model.functions.size).toBe(4);
  });

  it('does not go on without a terminal to ask at', async () => {
    await expect(runs.run('remove', ['--stage', 'dev'])).rejects.toThrow(
      'InvalidRequest: functions are deleted after a question alone',
    );
    expect(runs.model.functions.size).toBe(4);
  });

  it('does not take the stage from the environment', async () => {
    runs.env['STAGE'] = 'dev';
    expect(() => runs.run('remove', ['--yes'])).toThrow('name it with --stage');
  });

  it('of one service deletes that one', async () => {
    await runs.run('remove', ['--stage', 'dev', '--yes'], { only: 'stable-link' });
    expect([...runs.model.functions.keys()]).not.toContain('qianma-dev-stable-link');
    expect(runs.model.functions.size).toBe(3);
  });

  it.each([
    ['--prune', projectYaml().replace(/\n {2}renew-expired-codes:[\s\S]*?(?=\n {2}migrate-database:)/, '')],
    ['--replace', projectYaml({ renew: 'runtime: Nodejs22.21' })],
  ])('is not what deploy %s does without a question', async (option, yaml) => {
    writeFileSync(join(runs.folder, 'serverless.yml'), yaml);
    const before = [...runs.model.functions.values()];
    const running = runs.run('deploy', ['--stage', 'dev', option], { answer: '' });
    await expect(running).rejects.toThrow('Nothing was done');
    const question = '1 functions of the stage dev will be deleted (renew-expired-codes)';
    expect(runs.asked).toEqual([expect.stringContaining(question)]);
    expect([...runs.model.functions.values()]).toEqual(before);
    await runs.run('deploy', ['--stage', 'dev', option, '--yes']);
    expect([...runs.model.functions.values()]).not.toEqual(before);
  });

  it('asks nothing where nothing is left', async () => {
    await runs.run('remove', ['--stage', 'dev', '--yes']);
    expect(await runs.run('remove', ['--stage', 'dev'])).toMatchObject({ calls: 0 });
    expect(runs.asked).toEqual([]);
  });
});

describe('what is wrong on this machine', () => {
  it('is a file of the stage of which something would be lost', async () => {
    writeFileSync(join(runs.folder, '.env.dev'), 'DATABASE_URL=postgres://a@b/c # the old one');
    expect(await problemsOf(runs.run('info'))).toEqual([
      expect.stringMatching(/^DATABASE_URL has a # after a blank/),
    ]);
  });

  it('is a file of the stage that cannot be read', async () => {
    mkdirSync(join(runs.folder, '.env.dev'));
    await expect(runs.run('info')).rejects.toThrow('EISDIR');
  });

  it.each(['nothing', '{"SecretID":"x"}', undefined])(
    'is a key in the variable that is %s',
    async (access) => {
      runs.env = { ...runs.env, ...(access !== undefined && { qianma_serverless_devs_access: access }) };
      const problems = await problemsOf(runs.run('info', undefined, { credentials: undefined }));
      expect(problems).toEqual([expect.stringMatching(/^qianma_serverless_devs_access must be /)]);
    },
  );

  it('is no key where the file of the stage has it', async () => {
    const access = `qianma_serverless_devs_access='${JSON.stringify(credentials)}'\n`;
    writeFileSync(join(runs.folder, '.env.dev'), access);
    expect(await runs.run('info', undefined, { credentials: undefined })).toMatchObject({ calls: 0 });
  });

  it('is said all at once, before the first call', async () => {
    rmSync(join(runs.folder, 'dist', 'stable-link'), { recursive: true });
    expect(
      await problemsOf(runs.run('deploy', ['--stage', 'dev'], { credentials: { AccountID: '1' } })),
    ).toEqual([
      expect.stringMatching(/^qianma_serverless_devs_access must be \{.*\}, the API key of the deployer$/),
      'services.stable-link is not built: npm run build',
    ]);
    expect(await problemsOf(runs.run('deploy', []))).toEqual([
      `services.*.props.stage holds \${env(STAGE)}, which nothing has set (4 services)`,
    ]);
    expect(runs.model.calls).toEqual([]);
  });

  it('is no build, where nothing is uploaded', async () => {
    rmSync(join(runs.folder, 'dist'), { recursive: true });
    expect(await runs.run('info')).toMatchObject({ failed: [], text: { en: '0 functions.' } });
  });
});

describe('the other methods', () => {
  it('plan changes nothing, and then finds nothing', async () => {
    await runs.run('plan');
    expect(runs.lines.some((line) => line.includes('stable-link  CreateFunction  is not there yet'))).toBe(
      true,
    );
    expect(runs.writes()).toEqual([]);
    await runs.run('deploy');
    expect(await runs.run('plan')).toMatchObject({
      text: { en: 'Nothing to do: the cloud is as described.' },
    });
  });

  it('info shows what is there', async () => {
    await runs.run('deploy');
    await runs.run('info', ['--stage', 'dev', '--json']);
    const shown = runs.lines.map((line) => JSON.parse(line));
    expect(shown).toContainEqual({
      event: 'function',
      target: 'qianma-dev-renew-expired-codes',
      status: 'Active',
      version: '1',
      url: '',
      timers: ['every-minute 0 * * * * * *'],
    });
  });

  it('rollback goes one deployment back, and remove leaves nothing', async () => {
    await runs.run('deploy');
    expect(await runs.run('rollback')).toMatchObject({
      calls: 0,
      text: { en: 'There is nothing to go back to.' },
    });
    writeFileSync(join(runs.folder, 'dist', 'stable-link', 'index.js'), '// new');
    await runs.run('deploy');
    expect(await runs.run('rollback')).toMatchObject({ calls: 1 });
    expect(runs.model.functions.get('qianma-dev-stable-link')?.aliases.get('$DEFAULT')).toMatchObject({
      FunctionVersion: '1',
    });
    await runs.run('remove', ['--stage', 'dev', '--yes']);
    expect(runs.model.functions.size).toBe(0);
  });
});
