import { networkInterfaces } from 'node:os';
import { resolve } from 'node:path';
import type { Problem } from '../../shared/errors.ts';
import { isPrivate } from '../../shared/runtime/config-parsers.ts';
import { isPort, misconfigured, portForm } from '../../shared/shell/variables.ts';
import type { Text } from '../../shared/text.ts';

/** What `npm start` takes from the environment. */
export interface StartConfiguration {
  /** Of the functions. 0 takes any. */
  port: number;
  /** By which address others reach this machine: `127.0.0.1`, or one of its private network. */
  host: string;
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
  /** In which form the log is printed. */
  log: 'text' | 'json';
}

/** For a local run only: this file is public. */
export const localCallbackKey = 'QIANMALOCALCALLBACKKEY0000000000';
export const localCallbackToken = 'qianma-local-callback-token';

type Environment = Readonly<Record<string, string | undefined>>;

/** Throws `Misconfigured` with every problem. Values that may be secret are not repeated. */
export function readStartConfiguration(
  environment: Environment,
  addresses = privateAddresses(),
): StartConfiguration {
  const problems: Problem[] = [];
  const value = (name: string) => {
    const text = environment[name]?.trim();
    // `PORT= npm start` means the default, as in a shell.
    return text === undefined || text === '' ? undefined : text;
  };
  const check = (name: string, fallback: string, isValid: (text: string) => boolean, message: Text) => {
    const text = value(name) ?? fallback;
    if (!isValid(text)) problems.push({ path: name, message });
    return text;
  };

  const port = check('PORT', '9000', isPort, portForm);
  const emulatorPort = check('ESSBASIC_PORT', '9300', isPort, portForm);
  if (port === emulatorPort && port !== '0') {
    problems.push({
      path: 'ESSBASIC_PORT',
      message: { zh: '不能与 PORT 相同', en: 'must differ from PORT' },
    });
  }
  const log = check('LOG', 'text', (text) => text === 'text' || text === 'json', {
    zh: '须为 text 或 json',
    en: 'must be text or json',
  });
  const isOurs = (text: string) =>
    [loopback, ...addresses, ...(addresses.length > 0 ? [everywhere] : [])].includes(text);
  const host = check('HOST', loopback, isOurs, {
    zh: `须为本机在局域网中的地址（${addresses.join('、') || '无'}）、${everywhere} 或 ${loopback}`,
    en: `must be an address of this machine in a private network (${addresses.join(', ') || 'it has none'}), ${everywhere} or ${loopback}`,
  });
  const configuration: StartConfiguration = {
    host: host === everywhere ? (addresses[0] ?? loopback) : host,
    log: log === 'json' ? 'json' : 'text',
    port: Number(port),
    emulatorPort: Number(emulatorPort),
    dataDirectory: resolve(value('DATA_DIR') ?? '.local'),
    apiKey: check('API_KEY', '', (text) => text === '' || isApiKey(text), apiKeyForm) || undefined,
    databaseUrl:
      check('DATABASE_URL', '', (text) => text === '' || isDatabaseUrl(text), {
        zh: '须为 postgresql:// 地址，密码中的 ? # / @ : % 须做百分号编码',
        en: 'must be a postgresql:// URL, in which ? # / @ : % of the password must be percent-encoded',
      }) || undefined,
    callbackKeys: check('ESS_CALLBACK_KEYS', localCallbackKey, areCallbackKeys, {
      zh: '须为各 32 个字符的密钥',
      en: 'must be keys of 32 characters each',
    }),
    callbackTokens: check('ESS_CALLBACK_TOKENS', localCallbackToken, areTokens, {
      zh: '须为不含空格的 Token',
      en: 'must be tokens without spaces',
    }),
  };
  if (problems.length === 0) return configuration;
  throw misconfigured(problems);
}

const loopback = '127.0.0.1';
/** The first address of a private network that there is. */
const everywhere = '0.0.0.0';

/** IPv4 addresses by which other machines of the same network reach this one. */
function privateAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family, address }) => !internal && family === 'IPv4' && isPrivate(address))
    .map(({ address }) => address);
}

const apiKeyForm = {
  zh: '形如 qm_ + 12 个字母或数字 + _ + 43 至 86 个 base64url 字符',
  en: 'must look like qm_ + 12 letters or digits + _ + 43 to 86 characters of base64url',
};
const isApiKey = (text: string) => /^qm_[A-Za-z0-9]{12}_[\w-]{43,86}$/.test(text);

function isDatabaseUrl(text: string): boolean {
  return URL.canParse(text) && ['postgres:', 'postgresql:'].includes(new URL(text).protocol);
}

/** What stands between the commas. */
export const itemsOf = (text: string) => text.split(',').map((item) => item.trim());
/** The key of AES-256 is the text itself. */
const areCallbackKeys = (text: string) => itemsOf(text).every((item) => /^[\x21-\x7e]{32}$/.test(item));
const areTokens = (text: string) => itemsOf(text).every((item) => /^[\x21-\x7e]+$/.test(item));
