import { Failure } from '../../errors.ts';
import { inBoth, inLanguage, type Text } from '../../text.ts';
import { meaningOf, type Phase, type Refusal } from './refusals.ts';

/** SQLSTATE of a statement that the server refused; undefined for every other error. */
export function sqlState(error: unknown): string | undefined {
  return refusalOf(error)?.sqlState;
}

/** Did a statement fail on a unique constraint or index, and on this one if one is named? */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  const refusal = refusalOf(error);
  return refusal?.sqlState === '23505' && (constraint === undefined || refusal.constraint === constraint);
}

/** Did the server roll the work back for the sake of others (a deadlock, a serialisation conflict)? */
function isRolledBackForOthers(error: unknown): boolean {
  const state = sqlState(error);
  return state === '40001' || state === '40P01';
}

/** Did nothing of the work happen, for a reason that is over when it is repeated? What opened a connection may repeat it. */
export function mayBeRepeated(error: unknown): boolean {
  return isRolledBackForOthers(error) || again(error) !== 'no';
}

/**
 * Is the database away, or was it when the work was to begin, so that nothing of it happened? It may be back when it is
 * asked again, on a new connection.
 */
export function isAway(error: unknown): boolean {
  return again(error) === 'elsewhere';
}

/** Did the server refuse a prepared statement because it has none of that name, has one already, or cannot use its plan? */
export function isPlanGone(error: unknown): boolean {
  return again(error) === 'here';
}

function again(error: unknown): Refusal['again'] {
  const cause = error instanceof Failure ? error.cause : undefined;
  if (cause instanceof StatementRefused) return cause.again;
  return cause instanceof NothingSent ? 'elsewhere' : 'no';
}

function refusalOf(error: unknown): StatementRefused | undefined {
  const cause = error instanceof Failure ? error.cause : error;
  return cause instanceof StatementRefused ? cause : undefined;
}

/** The cause of a {@link Failure}: the driver's own error without its details, which quote values and parameters. */
class StatementRefused extends Error {
  override readonly name = 'StatementRefused';
  readonly sqlState: string;
  readonly constraint: string | undefined;
  readonly again: Refusal['again'];

  constructor(error: DriverError, again: Refusal['again'] = 'no') {
    super(
      `${plainClasses.test(error.code) ? error.message : 'The statement was refused'} (SQLSTATE ${error.code})`,
    );
    this.sqlState = error.code;
    this.constraint = error.constraint;
    this.again = again;
  }
}

/** What both drivers put on the error of a refused statement. */
interface DriverError {
  code: string;
  message: string;
  constraint?: string;
}

/**
 * Classes whose messages name a thing of the server's, be it a constraint or a role. All others may quote: data exceptions
 * (`invalid input syntax for type uuid: "…"`) do, and what a trigger says is whatever its author has written.
 */
const plainClasses = /^(08|2[3568]|3[DF]|4[02]|5)/;

/** `severity` distinguishes a refusal from an error of the network: `EPIPE` would pass for an SQLSTATE. */
function isDriverError(error: unknown): error is DriverError {
  return (
    error instanceof Error &&
    'severity' in error &&
    'code' in error &&
    typeof error.code === 'string' &&
    /^[0-9A-Z]{5}$/.test(error.code)
  );
}

/** The cause of a {@link Failure} that came before anything was sent. */
class NothingSent extends Error {
  override readonly name = 'NothingSent';
}

/** Seconds after which a caller may try again when the database is away or overloaded. */
const retryAfterS = 2;

/** What to throw for an error with an SQLSTATE; undefined where the error has another origin. */
export function refusedStatement(
  error: unknown,
  phase: Phase = 'connected',
): { failure: Failure; endsSession: boolean } | undefined {
  if (!isDriverError(error)) return undefined;
  const meaning = meaningOf(error.code, error.message, phase);
  const cause = new StatementRefused(error, meaning?.again);
  const { code = 'InternalFailure', detail = cause.message, endsSession = false } = meaning ?? {};
  const failure = new Failure(code, {
    // Which table or schema it is about, and no value, stands in what the server says of a missing right.
    detail:
      error.code === '42501'
        ? inBoth((language) => `${inLanguage(detail, language)}: ${error.message}`)
        : inBoth((language) => inLanguage(detail, language)),
    cause,
    ...(code === 'DatabaseUnavailable' ? { retryAfterS } : {}),
  });
  return { failure, endsSession };
}

const lost = {
  'before-send': 'nothing of the statement happened',
  'after-send': 'the statement may have had its effect or not',
};

/** The way to the server broke, before a statement was sent or while its answer was awaited. */
export function lostConnection(stage: 'before-send' | 'after-send', cause?: unknown): Failure {
  const text = withoutDetails(cause);
  return new Failure('DatabaseUnavailable', {
    detail: `The connection to the database was lost: ${lost[stage]}`,
    retryAfterS,
    cause: stage === 'before-send' ? new NothingSent(text) : new Error(text),
  });
}

/** Why a connection that no server has refused does not come about, where it is for good. */
const impossible: readonly { words: RegExp; detail: Text }[] = [
  {
    words: /does not support SSL/,
    detail: {
      en: 'The database offers no TLS: on a private network say so with sslmode=disable in DATABASE_URL',
      zh: '数据库不支持 TLS：如在内网，请在 DATABASE_URL 中写 sslmode=disable',
    },
  },
  {
    words: /CERT|ALTNAME|LEAF_SIGNATURE/,
    detail: {
      en: 'The certificate of the database is not trusted: give its root as sslrootcert in DATABASE_URL',
      zh: '数据库证书不受信任：请在 DATABASE_URL 中用 sslrootcert 指定其根证书',
    },
  },
  {
    words: /password must be a (non-empty )?string/,
    detail: {
      en: 'The database asks for a password and DATABASE_URL has none',
      zh: '数据库要求密码，而 DATABASE_URL 中没有',
    },
  },
  {
    words: /channel binding/,
    detail: {
      en: 'The database offers no channel binding, which DATABASE_URL demands',
      zh: '数据库不支持 DATABASE_URL 要求的 channel binding',
    },
  },
  {
    words: /SASL|[Aa]uthentication/,
    detail: {
      en: 'The database and this version could not agree on how the password is proven',
      zh: '与数据库未能就密码验证方式达成一致',
    },
  },
  {
    words: /ENOTFOUND/,
    detail: {
      en: 'The host of DATABASE_URL is not known to the name server',
      zh: '域名服务器查不到 DATABASE_URL 的主机',
    },
  },
  {
    words: /EPROTO|establishing an SSL connection|ERR_SSL/,
    detail: {
      en: 'What answers at the address of DATABASE_URL does not speak TLS as PostgreSQL does',
      zh: 'DATABASE_URL 的地址上没有以 PostgreSQL 方式提供 TLS 的服务',
    },
  },
];

/** No connection came about. Some causes are a matter of configuration, the rest may pass. */
export function unreachable(cause: unknown): Failure {
  const text = withoutDetails(cause);
  const reason = impossible.find(({ words }) => words.test(text));
  if (reason) return new Failure('Misconfigured', { detail: reason.detail, cause: new Error(text) });
  const detail = 'The database cannot be reached; nothing was done';
  return new Failure('DatabaseUnavailable', { detail, retryAfterS, cause: new NothingSent(text) });
}

/** Drivers hang configuration and certificates on their errors: only the code and the text go on. */
function withoutDetails(error: unknown): string {
  if (!(error instanceof Error)) return 'no reason given';
  const code = 'code' in error && typeof error.code === 'string' ? `${error.code}: ` : '';
  return `${code}${error.message}`;
}
