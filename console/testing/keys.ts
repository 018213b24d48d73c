import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Platform } from '../../local/start/testing/platform.ts';

/** Makes a key as an administrator does, with `npm run keys -- create`. */
export async function makeKey({ databaseUrl }: Platform, role: string, ...more: string[]): Promise<string> {
  const env = { PATH: process.env['PATH'] ?? '', DATABASE_URL: databaseUrl };
  const args = ['dist/commands/keys.mjs', 'create', '--name', role, '--role', role, ...more];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env });
  return stdout.trim();
}
