import { homedir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../shared/errors.ts';
import type { Shell } from '../shared/shell/shell.ts';
import { readOptionalFile } from '../shared/shell/text-file.ts';

/** Whom to call, and with which key. */
export interface Profile {
  url: string;
  key: string;
}

/** Where profiles stand: `{ "profiles": { "prod": { "url": "…", "key": "…" } }, "default": "prod" }`. */
function profileFile(env: Shell['env']): string {
  if (env['QIANMA_CONFIG']) return env['QIANMA_CONFIG'];
  return join(env['XDG_CONFIG_HOME'] || join(env['HOME'] || homedir(), '.config'), 'qianma', 'config.json');
}

/**
 * The profile that was asked for, else what the environment says (`QIANMA_URL`, `QIANMA_KEY`), else the file's default.
 *
 * @throws Failure `Misconfigured` with what to do; no key is repeated
 */
export async function findProfile(env: Shell['env'], name: string | undefined): Promise<Profile> {
  const { QIANMA_URL: url, QIANMA_KEY: key } = env;
  if (name === undefined && url && key) return { url, key };
  const path = profileFile(env);
  const { profiles, standard } = read(path, await readOptionalFile(path));
  const wanted = name ?? standard;
  const profile = wanted === undefined ? undefined : profiles[wanted];
  if (profile === undefined) throw unknown(name, path);
  return {
    url: url && name === undefined ? url : profile.url,
    key: key && name === undefined ? key : profile.key,
  };
}

interface ProfileFile {
  profiles: Readonly<Record<string, Profile | undefined>>;
  standard: string | undefined;
}

function read(path: string, text: string | undefined): ProfileFile {
  if (text === undefined) return { profiles: {}, standard: undefined };
  const content = parse(text);
  const profiles = memberOf(content, 'profiles');
  if (typeof profiles !== 'object' || profiles === null) throw unreadable(path);
  const entries = Object.entries(profiles).map(([name, profile]): [string, Profile] => {
    const [url, key] = [memberOf(profile, 'url'), memberOf(profile, 'key')];
    if (typeof url !== 'string' || typeof key !== 'string') throw unreadable(path);
    return [name, { url, key }];
  });
  const standard = memberOf(content, 'default');
  return {
    profiles: Object.fromEntries(entries),
    standard: typeof standard === 'string' ? standard : undefined,
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

const unreadable = (path: string) =>
  new Failure('Misconfigured', {
    detail: {
      zh: `${path} 须为 { "profiles": { "<名称>": { "url", "key" } }, "default" }`,
      en: `${path} has to be { "profiles": { "<name>": { "url", "key" } }, "default" }`,
    },
  });

const unknown = (name: string | undefined, path: string) =>
  new Failure('Misconfigured', {
    detail:
      name === undefined
        ? {
            zh: `请设置 QIANMA_URL 与 QIANMA_KEY，或在 ${path} 中写明`,
            en: `set QIANMA_URL and QIANMA_KEY, or write them into ${path}`,
          }
        : { zh: `${path} 中没有 ${name}`, en: `there is no ${name} in ${path}` },
  });
