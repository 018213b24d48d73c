import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Failure } from '../errors.ts';
import { inLanguage } from '../text.ts';
import { readProjectFile } from './project-file.ts';

const file = (props: string, head = '') => `
name: qianma
vars:
  domain:
    name: \${env(CUSTOM_DOMAIN, '')}
    certificateId: \${env.CERTIFICATE_ID}
  function: &function
    region: ap-guangzhou
    stage: \${env(STAGE)}
    runtime: Nodejs20.19
    handler: index.main_handler
    memorySize: 128
    timeout: 10
    triggers: []
services:${head}
  a:
    props:
      <<: *function
${props}`;

const problemsOf = (yaml: string, values: Record<string, string> = { STAGE: 'dev', CERTIFICATE_ID: 'c' }) => {
  try {
    readProjectFile(yaml, values);
  } catch (error) {
    if (error instanceof Failure)
      return error.problems.map(({ path, message }) => `${path} ${inLanguage(message, 'en')}`);
    throw error;
  }
  return [];
};

describe('readProjectFile', () => {
  it('reads the file of this repository for a stage', () => {
    const yaml = readFileSync(join(import.meta.dirname, '..', '..', 'serverless.yml'), 'utf8');
    const project = readProjectFile(yaml, { STAGE: 'dev' });
    expect(project).toMatchObject({ name: 'qianma', stage: 'dev', domain: undefined });
    expect(project.functions.map(({ cloudName }) => cloudName)).toContain('qianma-dev-stable-link');
    expect(project.functions.every(({ vpc, role, log }) => !(vpc ?? role ?? log))).toBe(true);
    const runtimes = (values: Record<string, string>) =>
      new Set(readProjectFile(yaml, { STAGE: 'dev', ...values }).functions.map(({ runtime }) => runtime));
    expect([...runtimes({})]).toEqual(['Nodejs20.19']);
    expect([...runtimes({ FUNCTION_RUNTIME: 'Nodejs24.11' })]).toEqual(['Nodejs24.11']);
  });

  it.each(['Nodejs18.15', 'Python3.9', 'nodejs20.19', 'Nodejs20'])('refuses the runtime %s', (runtime) => {
    const problem = 'services.a.props.runtime must be Nodejs20.19 or a later Node.js runtime';
    expect(problemsOf(file('').replace('Nodejs20.19', runtime))).toEqual([problem]);
  });

  it('reads what the cloud is told, with the values of variables', () => {
    const yaml = file(`      description: Signs, 签署.
      namespace: sign
      publicNetwork: false
      role: \${env(ROLE, 'nobody')}
      vpc: { vpcId: vpc-1, subnetId: subnet-1 }
      log: { logsetId: set, topicId: topic }
      asyncRetry: { attempts: 1, maxAge: 60 }
      reservedConcurrency: 256
      provisionedConcurrency: 2
      tags: { project: qianma }
      triggers:
        - type: http
          auth: CAM
          cors: { origins: ['*'], maxAge: 10 }
          paths: [/s/*]`);
    const project = readProjectFile(yaml, {
      STAGE: 'prod',
      CUSTOM_DOMAIN: 'sign.example.com',
      CERTIFICATE_ID: 'x',
    });
    expect(project.domain).toEqual({ name: 'sign.example.com', certificateId: 'x' });
    expect(project.functions[0]).toMatchObject({
      cloudName: 'qianma-prod-a',
      description: 'Signs, 签署.',
      namespace: 'sign',
      publicNetwork: false,
      role: 'nobody',
      vpc: { vpcId: 'vpc-1', subnetId: 'subnet-1' },
      log: { logsetId: 'set', topicId: 'topic' },
      asyncRetry: { attempts: 1, maxAgeS: 60 },
      reservedConcurrencyMb: 256,
      provisionedConcurrency: 2,
      tags: { project: 'qianma' },
      triggers: [{ type: 'http', auth: 'CAM', cors: { origins: ['*'], maxAgeS: 10 }, paths: ['/s/*'] }],
    });
  });

  it('names every problem at once', () => {
    const yaml = file(`      description: a/b
      region: Guangzhou
      role: 5
      vpc: { vpcId: vpc-1, subnet: x }
      log: some
      asyncRetry: { attempts: 3, maxAge: 1 }
      triggers:
        - type: http
          auth: OPEN
          path: /x
          paths: [s]`);
    expect(problemsOf(yaml, {}).toSorted()).toEqual(
      [
        `vars.domain.certificateId holds \${env.CERTIFICATE_ID}, which nothing has set`,
        `services.a.props.stage holds \${env(STAGE)}, which nothing has set`,
        'services.a.props.description must be letters, digits, blanks, commas and full stops',
        'services.a.props.region must be a region such as ap-guangzhou',
        'services.a.props.role must be text',
        'services.a.props.vpc.subnet is not known',
        'services.a.props.log must be none, or have logsetId and topicId',
        'services.a.props.asyncRetry.attempts must be at most 2',
        'services.a.props.asyncRetry.maxAge must be at least 60',
        'services.a.props.triggers.0.auth must be NONE or CAM',
        'services.a.props.triggers.0.paths.0 must be like /s/*',
        'services.a.props.triggers.0.path is not known',
      ].toSorted(),
    );
  });

  it.each([
    ['      vpc: { vpcId: vpc-1 }', 'services.a.props.vpc must have vpcId and subnetId, or neither'],
    [
      "      log: { logsetId: '', topicId: t }",
      'services.a.props.log must have logsetId and topicId, or neither',
    ],
  ])('refuses half of a pair: %s', (props, problem) => {
    expect(problemsOf(file(props))).toEqual([problem]);
  });

  it('refuses a custom domain without a certificate', () => {
    const yaml = file('').replace(/certificateId: .*/, "certificateId: ''");
    expect(problemsOf(yaml, { STAGE: 'dev', CUSTOM_DOMAIN: 'sign.example.com' })).toEqual([
      'vars.domain.certificateId is needed: links and notifications are https',
    ]);
  });

  it('refuses a name that the stage makes too long, and takes the longest that is not', () => {
    const named = (length: number) => file('', `\n  ${'a'.repeat(length)}:\n    props:\n      <<: *function`);
    expect(problemsOf(named(49))).toEqual([]);
    expect(problemsOf(named(50))).toEqual([expect.stringContaining('longer than 60 characters')]);
  });

  it('refuses functions of one stage in two regions', () => {
    const yaml = file('      region: ap-shanghai', '\n  b:\n    props:\n      <<: *function');
    expect(problemsOf(yaml)).toEqual(['services.*.props.region must be the same everywhere']);
  });

  it('says once what is wrong in every function', () => {
    const others = ['b', 'c'].map((name) => `\n  ${name}:\n    props:\n      <<: *function`).join('');
    expect(problemsOf(file('', others), { CERTIFICATE_ID: 'c' })).toEqual([
      `services.*.props.stage holds \${env(STAGE)}, which nothing has set (3 services)`,
    ]);
  });

  it('refuses a file without functions', () => {
    expect(problemsOf('name: qianma\nservices: {}')).toEqual(['services are none']);
  });
});
