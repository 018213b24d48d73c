import type { Platform } from '../../local/start/testing/platform.ts';

/** Makes a key as an administrator does, named after its role. */
export function makeKey(platform: Platform, role: string, ...more: string[]): Promise<string> {
  return platform.keys('create', '--name', role, '--role', role, ...more);
}
