import { createHash } from 'node:crypto';
import { readProjectFile } from '../../shared/scf/project-file.ts';
import type { Clock } from '../cloud/clock.ts';
import { type DesiredState, desiredState } from '../plan/desired-state.ts';

/** A small project with one function of each kind. */
export const projectYaml = (changes: { renew?: string; link?: string; service?: string } = {}) => `
name: qianma
vars:
  domain:
    name: \${env(CUSTOM_DOMAIN, '')}
    certificateId: \${env(CERTIFICATE_ID, '')}
  function: &function
    region: ap-guangzhou
    stage: \${env(STAGE)}
    runtime: Nodejs20.19
    handler: index.main_handler
    memorySize: 128
    timeout: 10
    environment: [DATABASE_URL, PUBLIC_BASE_URL, CALLBACK_BASE_URL]
    tags: { project: qianma }
services:
  stable-link:
    props:
      <<: *function
      ${changes.link ?? 'description: Leads to the code.'}
      triggers: [{ type: http, paths: [/s/*] }]
  callback-handler:
    props:
      <<: *function
      triggers: [{ type: http, cors: { origins: ['*'], maxAge: 10 } }]
  renew-expired-codes:
    props:
      <<: *function
      ${changes.renew ?? 'timeout: 90'}
      asyncRetry: { attempts: 0, maxAge: 60 }
      reservedConcurrency: 256
      provisionedConcurrency: 1
      triggers: [{ type: timer, name: every-minute, cron: 0 * * * * * *, argument: all }]
  migrate-database:
    props:
      <<: *function
      triggers: []
${changes.service ?? ''}`;

export const secret = 'postgres://qianma:correct-horse@db/qianma';

/** Code is as good as its text here. */
export const packageOf = (text: string) => ({
  zip: Buffer.from(text),
  sha256: createHash('sha256').update(text).digest('hex'),
});

export interface DesiredChanges {
  yaml?: string;
  code?: Readonly<Record<string, string>>;
  values?: Readonly<Record<string, string>>;
  prune?: boolean;
  replace?: boolean;
}

export function desiredIn({
  yaml = projectYaml(),
  code = {},
  values = {},
  ...rest
}: DesiredChanges = {}): DesiredState {
  const all = { STAGE: 'dev', DATABASE_URL: secret, ...values };
  return desiredState({
    project: readProjectFile(yaml, all),
    packageOf: (name) => packageOf(code[name] ?? `code of ${name}`),
    values: all,
    prune: false,
    replace: false,
    ...rest,
  });
}

/** Time that passes by being waited for. */
export function createTestClock(): Clock {
  let nowMs = 0;
  return {
    nowMs: () => nowMs,
    async sleep(ms) {
      nowMs += ms;
    },
  };
}
