/** The two contracts that the Explorer knows, as the console serves them: the functions' own and Tencent's. */
import type { Text } from '../../shared/text.ts';
import { inBothLanguages } from './both-languages.ts';

/** A schema of JSON Schema, as far as the contracts use it. */
export interface Schema {
  $ref?: string;
  type?: string | readonly string[];
  description?: string;
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  items?: Schema;
  anyOf?: readonly Schema[];
  allOf?: readonly Schema[];
  enum?: readonly unknown[];
  const?: unknown;
  default?: unknown;
  deprecated?: boolean;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
}

export type ApiName = 'own' | 'upstream';

export interface Action {
  api: ApiName;
  name: string;
  about: Text;
  /** The least role of a key that may call it. */
  role: string;
  /** Does it change something? */
  changes: boolean;
  request: Schema;
  example: unknown;
}

interface ErrorCode {
  status: number;
  title: Text;
  cause: Text;
  remedy: Text;
  actions?: readonly string[];
}

export interface Contract {
  api: ApiName;
  /** Of the API. */
  version: string;
  /** Where it is for everybody. */
  servers: readonly string[];
  actions: readonly Action[];
  schemas: Readonly<Record<string, Schema>>;
  errors: Readonly<Record<string, ErrorCode>>;
}

export type Contracts = Readonly<Record<ApiName, Contract>>;

const files = { own: 'openapi.json', upstream: 'upstream.json' } as const;

/** They lie beside this file, wherever the console is. @throws TypeError where they cannot be had */
export async function loadContracts(): Promise<Contracts> {
  const [own, upstream] = await Promise.all([load('own'), load('upstream')]);
  return { own, upstream };
}

async function load(api: ApiName): Promise<Contract> {
  const response = await fetch(new URL(files[api], import.meta.url), { credentials: 'omit' });
  if (!response.ok) throw new TypeError(`${files[api]}: ${response.status}`);
  return contractIn(api, (await response.json()) as Document); // `npm run docs` has written it
}

/** An OpenAPI document, as far as it is read. */
export interface Document {
  info: { version: string };
  servers: readonly { url: string }[];
  paths: Readonly<Record<string, { post?: Operation }>>;
  components: { schemas: Readonly<Record<string, Schema>> };
  'x-error-codes': Readonly<Record<string, ErrorCode>>;
}

interface Operation {
  description: string;
  parameters?: readonly { $ref?: string }[];
  requestBody?: {
    content: {
      'application/json'?: { schema: Schema; examples?: { example?: { value: unknown } } };
    };
  };
}

/** Of a document what people can call: actions, whose names begin with a capital. */
export function contractIn(api: ApiName, document: Document): Contract {
  return {
    api,
    version: document.info.version,
    servers: document.servers.map(({ url }) => url),
    actions: Object.entries(document.paths).flatMap(([path, { post }]) =>
      post !== undefined && /^\/[A-Z]/.test(path) ? [actionIn(api, path.slice(1), post)] : [],
    ),
    schemas: document.components.schemas,
    errors: document['x-error-codes'],
  };
}

function actionIn(
  api: ApiName,
  name: string,
  { description, parameters = [], requestBody }: Operation,
): Action {
  const content = requestBody?.content['application/json'];
  // What only looks takes an Idempotency-Key as well, where it is for administrators.
  const isLooking = /^(Describe|Get)/.test(name);
  const isKept = parameters.some(({ $ref = '' }) => $ref.endsWith('/IdempotencyKey'));
  return {
    api,
    name,
    about: inBothLanguages(description),
    // Upstream itself is for administrators: see `CallUpstream`.
    role: api === 'upstream' ? 'admin' : (/Role: `(\w+)`/.exec(description)?.[1] ?? 'viewer'),
    changes: !isLooking && (api === 'upstream' || isKept),
    request: content?.schema ?? {},
    example: content?.examples?.example?.value,
  };
}
