import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Failure } from '../errors.ts';
import { inLanguage } from '../text.ts';
import { readServiceFile } from './service-file.ts';

const props = `
      runtime: Nodejs20.19
      handler: index.main_handler
      memorySize: 128
      timeout: 10
      triggers: []`;

const problemsOf = (yaml: string) => {
  try {
    readServiceFile(yaml);
  } catch (error) {
    if (error instanceof Failure)
      return error.problems.map(({ path, message }) => `${path} ${inLanguage(message, 'en')}`);
    throw error;
  }
  return [];
};

describe('readServiceFile', () => {
  it('reads the file of this repository', () => {
    const yaml = readFileSync(join(import.meta.dirname, '..', '..', 'serverless.yml'), 'utf8');
    const services = readServiceFile(yaml);
    expect(services.map(({ name }) => name)).toContain('ChannelCreateMultiFlowSignQRCode');
    const withoutDatabase = services.filter(({ environment }) => !environment.includes('DATABASE_URL'));
    // Pages open nothing and know no secret.
    expect(withoutDatabase.map(({ name, environment }) => [name, environment])).toEqual([
      ['console', ['CORS_ORIGINS', 'FUNCTION_URLS']],
    ]);
  });

  it('merges shared properties and fills in what may be left out', () => {
    const services = readServiceFile(`
edition: 1.0.0
vars:
  function: &function
    region: ap-guangzhou
    runtime: Nodejs20.19
    handler: index.main_handler
    memorySize: 256
    timeout: 3
services:
  renew-expired-codes:
    component: \${path(./deploy)}
    props:
      <<: *function
      timeout: 60
      environment: [DATABASE_URL, TZ]
      triggers:
        - type: timer
          cron: 0 * * * * * *
        - type: timer
          name: nightly
          cron: 0 30 3 * * * *
          argument: all
  DescribeTemplates:
    component: \${path(./deploy)}
    props:
      <<: *function
      triggers:
        - type: http
`);
    expect(services).toEqual([
      {
        name: 'renew-expired-codes',
        handler: 'index.main_handler',
        memoryMb: 256,
        timeoutS: 60,
        environment: ['DATABASE_URL', 'TZ'],
        triggers: [
          { type: 'timer', name: 'timer', cron: '0 * * * * * *', argument: '' },
          { type: 'timer', name: 'nightly', cron: '0 30 3 * * * *', argument: 'all' },
        ],
      },
      {
        name: 'DescribeTemplates',
        handler: 'index.main_handler',
        memoryMb: 256,
        timeoutS: 3,
        environment: [],
        triggers: [{ type: 'http' }],
      },
    ]);
  });

  it('names every problem at once', () => {
    expect(
      problemsOf(`
nme: x
services:
  1st:
    props: {}
  a:
    prop: 1
    props:
      region: \${env(REGION)}
      runtime: Python3.9
      handler: index
      memorySize: \${env(MEMORY)}
      timeout: 901
      memory: 128
      environment: [SCF_X, 1, lower_is_fine]
      triggers:
        - type: timer
          cron: '* * *'
          argument: 5
        - type: apigw
  b: [1]
`).toSorted(),
    ).toEqual([
      'nme is not known',
      'services.1st must be letters, digits, - and _, from a letter, at most 60',
      'services.a.prop is not known',
      'services.a.props.environment.0 must not start with SCF_, QCLOUD_, TENCENTCLOUD_: the platform keeps these',
      'services.a.props.environment.1 must be the name of an environment variable',
      'services.a.props.handler must be <file>.<export>',
      'services.a.props.memory is not known',
      `services.a.props.memorySize holds \${env(MEMORY)}, which nothing has set`,
      'services.a.props.timeout must be at most 900',
      'services.a.props.triggers.0.argument must be text',
      'services.a.props.triggers.0.cron has 3 fields instead of 7 (second minute hour day month weekday year)',
      'services.a.props.triggers.1.type must be one of http, timer',
      'services.b must be a mapping',
    ]);
  });

  it.each([
    [64, true],
    [128, true],
    [3072, true],
    [96, false],
    [130, false],
    [3200, false],
  ])('memorySize %i: accepted %s', (memorySize, accepted) => {
    const yaml = `services:\n  a:\n    props:${props.replace('memorySize: 128', `memorySize: ${memorySize}`)}`;
    expect(problemsOf(yaml)).toHaveLength(accepted ? 0 : 1);
  });

  it('refuses two triggers of one name in one function', () => {
    const twice = '[{ type: timer, cron: 0 0 0 * * * * }, { type: timer, name: timer, cron: 1 0 0 * * * * }]';
    const yaml = `services:\n  a:\n    props:${props.replace('triggers: []', `triggers: ${twice}`)}`;
    expect(problemsOf(yaml)).toEqual(['services.a.props.triggers must differ from each other by name']);
  });

  it.each([
    ['no YAML', 'services: [', 'Flow sequence'],
    ['a repeated key', `services:\n  a:\n    props:${props}\n  a:\n    props:${props}`, 'unique'],
    ['an empty file', '', 'must be a mapping'],
    ['a file without services', 'name: x', 'services must be a mapping of function names'],
  ])('refuses %s in one line', (_, yaml, part) => {
    expect(() => readServiceFile(yaml)).toThrow(part);
    expect(() => readServiceFile(yaml)).toThrow(/^Misconfigured: serverless\.yml: [^\n]+$/);
  });
});
