import { resolve } from 'node:path';
import { Failure, type Problem } from '../shared/errors.ts';

/** What `npm start` takes from the environment. */
export interface StartConfiguration {
  /** Of the functions. 0 takes any. */
  port: number;
  /** Of the emulator. 0 takes any. */
  emulatorPort: number;
  /** Absolute. */
  dataDirectory: string;
  apiKey: string | undefined;
  /** Undefined: the embedded database. */
  databaseUrl: string | undefined;
  /** Newest first, as one text. Both sides of a local run, the emulator and the functions, use them. */
  callbackKeys: string;
  callbackTokens: string;
}

/** For a local run only: they are in this file for everybody to read. */
export const localCallbackKey = 'QIANMALOCALCALLBACKKEY0000000000';
export const localCallbackToken = 'qianma-local-callback-token';

type Environment = Readonly<Record<string, string | undefined>>;

/** Throws `Misconfigured` with every problem. Values that may be secret are not repeated. */
export function readStartConfiguration(environment: Environment): StartConfiguration {
  const problems: Problem[] = [];
  const value = (name: string) => {
    const text = environment[name]?.trim();
    // `PORT= npm start` means the default, as in a shell.
    return text === undefined || text === '' ? undefined : text;
  };
  const check = (name: string, fallback: string, isValid: (text: string) => boolean, message: string) => {
    const text = value(name) ?? fallback;
    if (!isValid(text)) problems.push({ path: name, message });
    return text;
  };

  const port = check('PORT', '9000', isPort, 'must be a port, 0 to 65535');
  const emulatorPort = check('ESSBASIC_PORT', '9300', isPort, 'must be a port, 0 to 65535');
  if (port === emulatorPort && port !== '0') {
    problems.push({ path: 'ESSBASIC_PORT', message: 'must differ from PORT' });
  }
  const configuration: StartConfiguration = {
    port: Number(port),
    emulatorPort: Number(emulatorPort),
    dataDirectory: resolve(value('DATA_DIR') ?? '.local'),
    apiKey: check('API_KEY', '', (text) => text === '' || isApiKey(text), apiKeyForm) || undefined,
    databaseUrl:
      check(
        'DATABASE_URL',
        '',
        (text) => text === '' || isDatabaseUrl(text),
        'must be a postgresql:// URL',
      ) || undefined,
    callbackKeys: check(
      'ESS_CALLBACK_KEYS',
      localCallbackKey,
      areCallbackKeys,
      'must be keys of 32 characters each',
    ),
    callbackTokens: check(
      'ESS_CALLBACK_TOKENS',
      localCallbackToken,
      areTokens,
      'must be tokens without spaces',
    ),
  };
  if (problems.length === 0) return configuration;
  const list = problems.map(({ path, message }) => `${path} ${message}`).join('; ');
  throw new Failure('Misconfigured', { detail: list, problems });
}

const isPort = (text: string) => /^\d{1,5}$/.test(text) && Number(text) <= 65_535;

const apiKeyForm = 'must look like qm_ + 12 letters or digits + _ + 43 to 86 characters of base64url';
const isApiKey = (text: string) => /^qm_[A-Za-z0-9]{12}_[\w-]{43,86}$/.test(text);

function isDatabaseUrl(text: string): boolean {
  return URL.canParse(text) && ['postgres:', 'postgresql:'].includes(new URL(text).protocol);
}

/** What stands between the commas. */
export const itemsOf = (text: string) => text.split(',').map((item) => item.trim());
/** The key of AES-256 is the text itself. */
const areCallbackKeys = (text: string) => itemsOf(text).every((item) => /^[\x21-\x7e]{32}$/.test(item));
const areTokens = (text: string) => itemsOf(text).every((item) => /^[\x21-\x7e]+$/.test(item));
