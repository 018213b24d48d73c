/** An action with keys, secrets and a record of what it logs, called as the platform calls it. */
import { request as cancelRequest } from '../../essbasic/ChannelCancelMultiFlowSignQRCode.ts';
import type { Platform } from '../event.ts';
import { type ApiKeyRecord, type ApiKeyStore, mintApiKey } from '../http/api-keys.ts';
import { type ActionDefinition, type ActionEvent, httpAction } from '../http/http-action.ts';
import type { IdempotencyRecords } from '../http/idempotency-record.ts';

export const admin = mintApiKey();
export const stored = mintApiKey();
export const viewer = mintApiKey();
const record: ApiKeyRecord = {
  keyId: stored.keyId,
  line: 'the first of its line',
  hash: stored.hash,
  name: 'stored',
  role: 'operator',
  organizations: ['org-a'],
  agent: { ProxyOrganizationOpenId: 'org-a', ProxyOperatorOpenId: 'op-a' },
  expiresAtS: null,
  revokedAtS: null,
};
const records = [record, { ...record, keyId: viewer.keyId, hash: viewer.hash, role: 'viewer' as const }];
export const store: ApiKeyStore = {
  present: async ({ keyId }) => records.find((known) => known.keyId === keyId),
};

export const env = {
  API_KEY_HASH: admin.hash,
  CORS_ORIGINS: 'https://app.example',
  ESS_APP_ID: 'app',
  ESS_SECRET_KEY: 'qianmalocalsecretkey000000000000',
};
export const agent = {
  AppId: 'app',
  ProxyOrganizationOpenId: 'org-a',
  ProxyOperator: { OpenId: 'op-a' },
};
export const body = { Agent: agent, QrCodeId: 'yDRqr' };

const schema = cancelRequest;
export type Run = (event: ActionEvent<typeof schema, 'ESS_SECRET_KEY', { opened: true }>) => Promise<object>;

type Definition = ActionDefinition<typeof schema, 'ESS_SECRET_KEY', { opened: true }>;

interface Parts extends Pick<Definition, 'changes' | 'csv'> {
  idempotency?: IdempotencyRecords;
  apiKeys?: ApiKeyStore;
}

export function world(
  run: Run = async () => ({ Done: true }),
  changes: Partial<Platform> = {},
  { idempotency, apiKeys = store, ...more }: Parts = {},
) {
  const lines: string[] = [];
  const opened: object[] = [];
  const definition: Definition = {
    ...more,
    name: 'ChannelCancelMultiFlowSignQRCode',
    role: 'operator',
    request: schema,
    needs: ['ESS_SECRET_KEY'],
    open: (config) => {
      opened.push(config);
      return { opened: true, apiKeys, ...(idempotency && { idempotency }) };
    },
    run,
  };
  const surroundings = {
    env,
    write: (line: string) => lines.push(line),
    newRequestId: () => 'made',
    ...changes,
  };
  const handler = httpAction(definition, surroundings);
  const call = async (event: Changes = {}, context: object = { getRemainingTimeInMillis: () => 10_000 }) => {
    const { headers, ...rest } = await handler(requestOf(event), context);
    // What the platform takes back is JSON; a problem or an answer is an object.
    const document: Record<string, unknown> = /^[{[]/.test(rest.body) ? JSON.parse(rest.body) : {};
    return { ...rest, headers, document };
  };
  return { call, handler, lines, opened, logged: () => lines.map((line) => JSON.parse(line)) };
}

export interface Changes {
  headers?: object;
  [member: string]: unknown;
}

/** A request that is right, changed by the members given; headers are merged. */
export function requestOf({ headers = {}, ...members }: Changes): object {
  return {
    httpMethod: 'POST',
    path: '/ChannelCancelMultiFlowSignQRCode',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${stored.key}`, ...headers },
    body: JSON.stringify(body),
    queryString: {},
    ...members,
  };
}
