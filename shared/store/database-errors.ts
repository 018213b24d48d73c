import { Failure } from '../errors.ts';

/** What a server says of a statement that it refuses, without the values: they may be personal data. */
interface Refusal {
  sqlState: string;
  constraint: string | undefined;
}

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
export function isRolledBackForOthers(error: unknown): boolean {
  const state = sqlState(error);
  return state === '40001' || state === '40P01';
}

/** Did the server refuse a prepared statement because it has none of that name, or has one already? */
export function isPlanGone(error: unknown): boolean {
  return isDriverError(error) && (error.code === '26000' || error.code === '42P05');
}

function refusalOf(error: unknown): Refusal | undefined {
  const cause = error instanceof Failure ? error.cause : error;
  return cause instanceof StatementRefused ? cause : undefined;
}

/** The cause of a {@link Failure}: what may be told of the driver's own error, which quotes values and parameters. */
class StatementRefused extends Error {
  override readonly name = 'StatementRefused';
  readonly sqlState: string;
  readonly constraint: string | undefined;

  constructor(error: DriverError) {
    super(
      `${quotesValues(error.code) ? 'The statement was refused' : error.message} (SQLSTATE ${error.code})`,
    );
    this.sqlState = error.code;
    this.constraint = error.constraint;
  }
}

/** What both drivers put on the error of a refused statement. */
interface DriverError {
  code: string;
  message: string;
  constraint?: string;
}

/** Data exceptions (`invalid input syntax for type uuid: "…"`) have the value in their message. */
function quotesValues(state: string): boolean {
  return state.startsWith('22');
}

/** `severity` tells a refusal from an error of the network: `EPIPE` would pass for an SQLSTATE. */
function isDriverError(error: unknown): error is DriverError {
  return (
    error instanceof Error &&
    'severity' in error &&
    'code' in error &&
    typeof error.code === 'string' &&
    /^[0-9A-Z]{5}$/.test(error.code)
  );
}

/** Seconds after which a caller may try again when the database is away or overloaded. */
const retryAfterS = 2;

interface Meaning {
  /** SQLSTATEs, or how they begin. */
  states: readonly string[];
  code: 'DatabaseUnavailable' | 'Misconfigured';
  detail: string;
  /** Is the connection of no use any more? */
  endsSession: boolean;
}

/** Refusals that say nothing about the statement, but about the server or the deployment. */
const meanings: readonly Meaning[] = [
  {
    states: ['55P03', '57014', '53'],
    code: 'DatabaseUnavailable',
    detail: 'The database is too busy for the statement; nothing of it happened',
    endsSession: false,
  },
  {
    // Among them 25006, read-only: the server that we are connected to is no longer the primary.
    states: ['57P', '25P03', '25P04', '25006', '08'],
    code: 'DatabaseUnavailable',
    detail: 'The database is starting, stopping or changing its primary; nothing of the statement happened',
    endsSession: true,
  },
  {
    states: ['28'],
    code: 'Misconfigured',
    detail: 'The database refuses the user or the password of DATABASE_URL',
    endsSession: true,
  },
  {
    states: ['3D000'],
    code: 'Misconfigured',
    detail: 'The database that DATABASE_URL names does not exist',
    endsSession: true,
  },
  {
    states: ['42501'],
    code: 'Misconfigured',
    detail: 'The user of DATABASE_URL lacks a right that is needed',
    endsSession: false,
  },
  {
    states: ['42P01', '42703', '3F000'],
    code: 'Misconfigured',
    detail: 'The database lacks a table or column of this version: run the migrations',
    endsSession: false,
  },
];

/** What to throw for an error with an SQLSTATE; undefined where the error has another origin. */
export function refusedStatement(error: unknown): { failure: Failure; endsSession: boolean } | undefined {
  if (!isDriverError(error)) return undefined;
  const cause = new StatementRefused(error);
  const meaning = meanings.find(({ states }) => states.some((state) => error.code.startsWith(state)));
  const { code = 'InternalFailure', detail = cause.message, endsSession = false } = meaning ?? {};
  const failure = new Failure(code, {
    detail,
    cause,
    ...(code === 'DatabaseUnavailable' ? { retryAfterS } : {}),
  });
  return { failure, endsSession };
}

/** The way to the server broke, before a statement was sent or while its answer was awaited. */
export function lostConnection(stage: 'before-send' | 'after-send', cause?: unknown): Failure {
  const effect =
    stage === 'before-send'
      ? 'nothing of the statement happened'
      : 'the statement may have had its effect or not';
  return new Failure('DatabaseUnavailable', {
    detail: `The connection to the database was lost: ${effect}`,
    retryAfterS,
    cause: withoutDetails(cause),
  });
}

/** No connection came about. TLS that cannot succeed is a matter of configuration, the rest may pass. */
export function unreachable(cause: unknown): Failure {
  const told = withoutDetails(cause);
  if (/does not support SSL/.test(told.message)) {
    const detail =
      'The database offers no TLS: on a private network say so with sslmode=disable in DATABASE_URL';
    return new Failure('Misconfigured', { detail, cause: told });
  }
  if (/CERT|ALTNAME|LEAF_SIGNATURE/.test(told.message)) {
    const detail =
      'The certificate of the database is not trusted: give its root as sslrootcert in DATABASE_URL';
    return new Failure('Misconfigured', { detail, cause: told });
  }
  const detail = 'The database cannot be reached; nothing was done';
  return new Failure('DatabaseUnavailable', { detail, retryAfterS, cause: told });
}

/** Drivers hang configuration and certificates on their errors: only the code and the text go on. */
function withoutDetails(error: unknown): Error {
  if (!(error instanceof Error)) return new Error('no reason given');
  const code = 'code' in error && typeof error.code === 'string' ? `${error.code}: ` : '';
  return new Error(`${code}${error.message}`);
}
