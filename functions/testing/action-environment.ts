/** The environment of built-in actions that a test calls in its own process, on a database and an emulator. */
import { vi } from 'vitest';
import { credentials } from '../../local/cloud-api/credentials.ts';
import { localCallbackKey, localCallbackToken } from '../../local/start/start-configuration.ts';

export interface ActionWorld {
  databaseUrl: string;
  /** Where upstream is. */
  url: string;
  appId: string;
}

/**
 * Sets it until `vi.unstubAllEnvs()`: other files of the same worker have their own. Functions are loaded anew from here
 * on, since they open their database when they are loaded.
 */
export function stubActionEnvironment(
  { databaseUrl, url, appId }: ActionWorld,
  more: Readonly<Record<string, string>> = {},
): void {
  const environment = {
    API_KEY_HASH: '',
    DATABASE_URL: databaseUrl,
    ESS_APP_ID: appId,
    ESS_CALLBACK_KEYS: localCallbackKey,
    ESS_CALLBACK_TOKENS: localCallbackToken,
    ESS_ENDPOINT: url,
    ESS_REQUESTS_PER_SECOND: '1000000',
    ESS_SECRET_ID: credentials[0].secretId,
    ESS_SECRET_KEY: credentials[0].secretKey,
    PUBLIC_BASE_URL: 'http://127.0.0.1:9000',
    REGISTER_KEYS: Buffer.alloc(32, 1).toString('base64'),
    DELIVERY_ALLOW_LOOPBACK: 'true',
    ...more,
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  vi.resetModules();
}
