import type { FunctionService } from './service-file.ts';

/** What the platform refuses to store with a function (`InvalidParameterValue.EnvironmentExceededLimit`). */
export const environmentLimitBytes = 4096;

/**
 * The variables of a service that have a value. The rest of the host's environment stays with the host.
 */
export function ownEnvironment(
  service: FunctionService,
  values: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  return Object.fromEntries(
    service.environment.flatMap((name) => {
      const value = values[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** Names and values together, which is how the limit is assumed to be counted. */
export function environmentBytes(environment: Readonly<Record<string, string>>): number {
  return Object.entries(environment).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value),
    0,
  );
}

/**
 * The whole environment of an instance: what the platform documents (product document 583/30228), then the
 * function's own variables.
 *
 * The code is not unpacked into `/var/user` here: `USER_CODE_ROOT`, `PWD` and `NODE_PATH` name its real folder. `TZ` is set although the platform does not set it: its containers
 * run in UTC, a laptop does not. The value of `PATH` is not documented.
 */
export function instanceEnvironment(
  service: FunctionService,
  own: Readonly<Record<string, string>>,
  codeRoot: string,
): Record<string, string> {
  const isTimed = service.triggers.some(({ type }) => type === 'timer');
  return {
    _SCF_SERVER_PORT: '28902',
    HOME: '/home/qcloud',
    HOSTNAME: 'scf-local',
    LANG: 'en_US.UTF8',
    LC_ALL: 'en_US.UTF8',
    LOGNAME: 'qcloud',
    NODE_PATH: `${codeRoot}:${codeRoot}/node_modules`,
    PATH: '/usr/local/bin:/usr/bin:/bin',
    PWD: codeRoot,
    SHELL: '/bin/bash',
    TENCENTCLOUD_RUNENV: 'SCF',
    ...(isTimed ? { TRIGGER_SRC: 'timer' } : {}),
    TZ: 'UTC',
    USER: 'qcloud',
    USER_CODE_ROOT: `${codeRoot}/`,
    ...own,
  };
}
