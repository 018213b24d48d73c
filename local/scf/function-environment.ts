import type { FunctionService } from '../../shared/scf/function-service.ts';

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
