import { Failure, listed, type Problem } from '../errors.ts';
import { api } from '../essbasic/api.ts';
import {
  callbackKey,
  flag,
  functionUrls,
  headerId,
  listOf,
  oneOf,
  origin,
  type Parser,
  positiveNumber,
  postgresUrl,
  printable,
  sha256Hex,
  webUrl,
} from './config-parsers.ts';

/** One variable of the environment. What it is for stands in `docs/configuration-docs.ts`. */
export interface Variable<T> {
  parse: Parser<T>;
  /** What holds when it is not set; undefined: it must be set. */
  fallback: { readonly value: T } | undefined;
  /** Its values never appear in a log line, whatever a message quotes. */
  secret: boolean;
}

const required = <T>(parse: Parser<T>): Variable<T> => ({ parse, fallback: undefined, secret: false });
const secret = <T>(parse: Parser<T>): Variable<T> => ({ parse, fallback: undefined, secret: true });

/** Every variable that a function reads. SCF gives 4 KB in all and reserves `SCF_`, `QCLOUD_` and `TENCENTCLOUD_`. */
export const variables = {
  ESS_SECRET_ID: secret(headerId),
  ESS_SECRET_KEY: secret(printable),
  /** With temporary credentials. */
  ESS_SECRET_TOKEN: optional(secret(printable)),
  ESS_APP_ID: required(printable),
  ESS_ENDPOINT: withDefault(required(webUrl({ path: false })), `https://${api.host}`),
  /** What upstream allows the account for each action, all functions together. */
  ESS_REQUESTS_PER_SECOND: withDefault(required(positiveNumber), api.requestsPerSecond),
  /** May an administrator's calls from the Explorer go to an endpoint that is not on this machine? */
  EXPLORER_REAL_CALLS: withDefault(required(oneOf('refuse', 'allow')), 'refuse'),
  /** Newest first. None: nothing can be decrypted, and the callback-handler works only where plain text is accepted. */
  ESS_CALLBACK_KEYS: withDefault(secret(listOf(callbackKey)), []),
  /** Newest first. */
  ESS_CALLBACK_TOKENS: secret(listOf(printable)),
  /** Are signed notifications taken that are not encrypted? */
  ESS_CALLBACK_PLAINTEXT: withDefault(required(oneOf('refuse', 'accept')), 'refuse'),
  DATABASE_URL: secret(postgresUrl),
  /** Newest first, see `seal.ts`; without one, codes that name signers cannot be made. */
  REGISTER_KEYS: optional(secret(printable)),
  /** Without a slash at its end. A poster in a private network, where nobody has a certificate, has a plain link. */
  PUBLIC_BASE_URL: required(webUrl({ path: true, plainInPrivateNetwork: true })),
  /** Without a slash at its end; none: beside the other functions, see {@link callbackBaseUrl}. */
  CALLBACK_BASE_URL: optional(required(webUrl({ path: true }))),
  /** Events may be sent to this machine itself, without TLS too. For a run on one machine: nowhere else is it safe. */
  DELIVERY_ALLOW_LOOPBACK: withDefault(required(flag), false),
  /** Of administrators' keys; none: keys of the store alone. Not a secret: no key can be had from it. */
  API_KEY_HASH: withDefault(required(listOf(sha256Hex)), []),
  /** Of a key of the store. */
  API_KEY_REQUESTS_PER_MINUTE: withDefault(required(positiveNumber), 3000),
  /** None: no web page of another origin may read an answer. */
  CORS_ORIGINS: withDefault(required(listOf(origin)), []),
  /** Where the console is, if not beside the functions: its page may read their answers too. */
  CONSOLE_ORIGIN: optional(required(origin)),
  /** Where the console finds each function; none: beside itself. */
  FUNCTION_URLS: withDefault(required(functionUrls), {}),
} as const satisfies Record<string, Variable<unknown>>;

/** The variables that {@link callbackBaseUrl} is made of. */
export const callbackUrlVariables = ['PUBLIC_BASE_URL', 'CALLBACK_BASE_URL'] as const;

/** Where notifications are taken: beside the other functions, unless the deployment has another address for them. */
export function callbackBaseUrl(config: Config<(typeof callbackUrlVariables)[number]>): string {
  return config.CALLBACK_BASE_URL ?? `${config.PUBLIC_BASE_URL}/callback-handler`;
}

export type VariableName = keyof typeof variables;

type ValueOf<V> = V extends Variable<infer T> ? T : never;

/** The values of the variables that a function needs, and of no others. */
export type Config<Name extends VariableName = VariableName> = {
  readonly [N in Name]: ValueOf<(typeof variables)[N]>;
};

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the variables that are needed. One that is empty counts as not set; blanks around a value are dropped.
 *
 * @throws Failure `Misconfigured` naming every variable that is missing or wrong, without a value
 */
export function readConfig<Name extends VariableName>(
  env: Environment,
  needs: readonly Name[],
): Config<Name> {
  const problems: Problem[] = [];
  const values: Partial<Record<VariableName, unknown>> = {};
  for (const name of new Set(needs)) {
    const result = readVariable(variables[name], env[name]);
    if ('problem' in result) problems.push({ path: name, message: result.problem });
    else values[name] = result.value;
  }
  if (problems.length > 0) {
    throw new Failure('Misconfigured', { detail: listed(problems), problems });
  }
  // Each needed name has just been given the value of its own parser; a loop over names cannot say that in types.
  return values as Config<Name>;
}

function readVariable({ parse, fallback }: Variable<unknown>, given: string | undefined) {
  const text = given?.trim() ?? '';
  if (text !== '') return parse(text);
  return fallback ?? { problem: { zh: '未设置', en: 'is not set' } };
}

/** Shorter parts would blot out half of every line, and are no secrets. Characters. */
const leastSecretLength = 6;

/** The texts that must never be logged: the values of the secret variables, item by item, and the database's password. */
export function secretsOf(env: Environment): string[] {
  const texts = Object.entries(variables).flatMap(([name, variable]) => {
    const text = variable.secret ? (env[name]?.trim() ?? '') : '';
    return [text, ...text.split(',').map((item) => item.trim()), ...passwordsOf(text)];
  });
  // The longest first: a secret that is part of another must not leave the rest of it behind.
  return [...new Set(texts)]
    .filter((text) => text.length >= leastSecretLength)
    .sort((a, b) => b.length - a.length);
}

/**
 * A password that is not percent-encoded is cut at different places by different readers of the URL: each of its parts is secret, too.
 */
function passwordsOf(url: string): string[] {
  const password = /:\/\/[^:]*:(.+)@/s.exec(url)?.[1];
  if (password === undefined) return [];
  return [password, ...password.split(/[?#/@&=:;+\s]+/)].flatMap((part) => [part, decoded(part)]);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A `%` that begins no escape.
    return text;
  }
}

function optional<T>(variable: Variable<T>): Variable<T | undefined> {
  return { ...variable, fallback: { value: undefined } };
}

function withDefault<T>(variable: Variable<T>, value: T): Variable<T> {
  return { ...variable, fallback: { value } };
}
