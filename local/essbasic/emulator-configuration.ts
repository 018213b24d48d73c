import { Failure, type Problem } from '../../shared/errors.ts';

/** What `npm run emulator` takes from the environment. */
export interface EmulatorConfiguration {
  /** 0 takes any. */
  port: number;
  callbackKeys: readonly string[];
  callbackTokens: readonly string[];
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
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    problems.push({ path: 'ESSBASIC_PORT', message: 'must be a port, 0 to 65535' });
  }
  const callbackKeys = listOf(environment['ESS_CALLBACK_KEYS']);
  if (callbackKeys.some((key) => Buffer.byteLength(key) !== 32)) {
    problems.push({
      path: 'ESS_CALLBACK_KEYS',
      message: 'must be keys of 32 bytes each, with commas between them',
    });
  }
  const callbackTokens = listOf(environment['ESS_CALLBACK_TOKENS']);
  if (problems.length === 0) return { port: Number(port), callbackKeys, callbackTokens };
  const detail = problems.map(({ path, message }) => `${path} ${message}`).join('; ');
  throw new Failure('Misconfigured', { detail, problems });
}

const listOf = (text = '') =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
