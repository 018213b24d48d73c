import type { Problem } from '../../shared/errors.ts';
import { isPort, misconfigured, portForm } from '../../shared/shell/variables.ts';
import { isPostable } from './callbacks/callback-settings.ts';

/** What `npm run emulator` takes from the environment. */
export interface EmulatorConfiguration {
  /** 0 takes any. */
  port: number;
  callbackKeys: readonly string[];
  callbackTokens: readonly string[];
  /** Where notifications go whose code names no address. */
  callbackUrls: readonly string[];
  /** The name of a shipped shape, or the path of a template file; undefined: the default. */
  callbackShape: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads and checks the environment. Values, which may be secret, are not repeated.
 *
 * @throws {Failure} `Misconfigured` with every problem in one line.
 */
export function readEmulatorConfiguration(environment: Environment): EmulatorConfiguration {
  const problems: Problem[] = [];
  const port = environment['ESSBASIC_PORT']?.trim() || '9300';
  if (!isPort(port)) problems.push({ path: 'ESSBASIC_PORT', message: portForm });
  const callbackKeys = listOf(environment['ESS_CALLBACK_KEYS']);
  if (callbackKeys.some((key) => Buffer.byteLength(key) !== 32)) {
    problems.push({
      path: 'ESS_CALLBACK_KEYS',
      message: {
        zh: '须为各 32 字节的密钥，以逗号分隔',
        en: 'must be keys of 32 bytes each, with commas between them',
      },
    });
  }
  const callbackTokens = listOf(environment['ESS_CALLBACK_TOKENS']);
  const callbackUrls = listOf(environment['ESSBASIC_CALLBACK_URLS']);
  if (!callbackUrls.every(isPostable)) {
    problems.push({
      path: 'ESSBASIC_CALLBACK_URLS',
      message: {
        zh: '须为 http 或 https 地址，以逗号分隔',
        en: 'must be http or https URLs, with commas between them',
      },
    });
  }
  const callbackShape = environment['ESSBASIC_CALLBACK_SHAPE']?.trim() || undefined;
  if (problems.length === 0) {
    return { port: Number(port), callbackKeys, callbackTokens, callbackUrls, callbackShape };
  }
  throw misconfigured(problems);
}

const listOf = (text = '') =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
