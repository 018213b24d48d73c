import type { Text } from '../../text.ts';

/** What the SQLSTATE of a refusal means, where it says more than that the statement is wrong. */
export interface Refusal {
  code: 'DatabaseUnavailable' | 'Misconfigured';
  /** A string is for the log alone, in English; a text may leave the house. */
  detail: string | Text;
  /** Is the connection of no use any more? */
  endsSession: boolean;
  /** Did nothing of the statement happen, and does another try make sense: on a new connection, or as it is? */
  again: 'elsewhere' | 'here' | 'no';
}

/** `connecting`: until the server has let us in. A pooler in front of it says its own things then and later. */
export type Phase = 'connecting' | 'connected';

interface Meaning extends Refusal {
  /** SQLSTATE and message, a blank between them. */
  when: RegExp;
  /** Both, where there is none. */
  phase?: Phase;
}

const passing = { code: 'DatabaseUnavailable', endsSession: false, again: 'no' } as const;
const away = { ...passing, endsSession: true, again: 'elsewhere' } as const;
const forGood = { code: 'Misconfigured', endsSession: false, again: 'no' } as const;
const shutOut = { ...forGood, endsSession: true } as const;

/**
 * The first that fits holds. PgBouncer gives nearly everything that it says itself the SQLSTATE 08P01, and other
 * poolers XX000 or 58000: there only the words distinguish what passes from what is for good.
 */
const meanings: readonly Meaning[] = [
  {
    ...shutOut,
    phase: 'connecting',
    when: /^(08|28|XX|58).*(no encryption|ssl off|insecure|\b(ssl|tls)\b.*require|require.*\b(ssl|tls)\b)/i,
    detail: {
      en: 'The database demands TLS: say sslmode=require in DATABASE_URL, or leave sslmode out',
      zh: '数据库要求 TLS：请在 DATABASE_URL 中写 sslmode=require，或去掉 sslmode',
    },
  },
  {
    ...shutOut,
    phase: 'connecting',
    when: /startup parameter/i,
    detail: {
      en: 'A pooler stands before the database and refuses the options of DATABASE_URL: leave them out and set them by alter role, or name them in ignore_startup_parameters of PgBouncer',
      zh: '数据库前的连接池拒绝 DATABASE_URL 中的 options：请去掉它并用 alter role 设置，或写入 PgBouncer 的 ignore_startup_parameters',
    },
  },
  {
    ...away,
    phase: 'connecting',
    when: /^53300|^57P0[123]|^(08|XX|58|53).*(connections|exhaust|memory|pause|suspend|timed?[- ]?out|shutting down|starting up|login has been failing|retry|cannot connect|crashed|lookup failed|connect failed|forced disconnect)/i,
    detail: 'The database is starting or stopping, or takes no more connections; nothing was done',
  },
  {
    ...shutOut,
    when: /^28|^08.*(no such user|role .* does not exist|authentication failed|login rejected)/i,
    detail: {
      en: 'The database, or the pooler before it, refuses the user or the password of DATABASE_URL, or the address that the connection comes from',
      zh: '数据库或其连接池拒绝 DATABASE_URL 中的用户或密码，或拒绝连接来源地址',
    },
  },
  {
    ...shutOut,
    when: /^(3D000|57P04)|^08.*(no such database|database .* does not exist)/i,
    detail: {
      en: 'The database that DATABASE_URL names does not exist',
      zh: 'DATABASE_URL 指定的数据库不存在',
    },
  },
  {
    ...shutOut,
    phase: 'connecting',
    when: /^/,
    detail: {
      en: 'The server of DATABASE_URL refuses the connection',
      zh: 'DATABASE_URL 的服务器拒绝连接',
    },
  },
  {
    ...passing,
    when: /^53100/,
    detail: 'The disk of the database is full; nothing of the statement happened',
  },
  {
    ...passing,
    when: /^(55P03|57014|53)/,
    detail: 'The database is too busy for the statement; nothing of it happened',
  },
  {
    ...away,
    when: /^25006/,
    detail:
      'The database takes no writes: it is a standby, has just become one, or is set to read only; nothing of the statement happened',
  },
  {
    ...away,
    when: /^(57P|25P03|25P04)|^08P01 query_wait_timeout/,
    detail:
      'The database is starting, stopping, changing its primary or has no connection left; nothing of the statement happened',
  },
  {
    ...passing,
    endsSession: true,
    when: /^(08|40003)/,
    detail: 'The connection to the database was lost: the statement may have had its effect or not',
  },
  {
    ...passing,
    again: 'here',
    when: /^(26000|42P05)|^0A000.*cached plan/i,
    detail: 'The database cannot use what it was given to keep; nothing of the statement happened',
  },
  {
    ...forGood,
    when: /^42501/,
    detail: {
      en: 'The user of DATABASE_URL lacks a right that is needed',
      zh: 'DATABASE_URL 的用户缺少所需权限',
    },
  },
  {
    ...forGood,
    when: /^(42P01|42703|3F000)/,
    detail: {
      en: 'The database lacks a table, a column or the schema of this version: run the migrations',
      zh: '数据库缺少此版本的表、列或模式：请运行迁移',
    },
  },
];

/** Undefined: the statement itself is what the server refuses. */
export function meaningOf(state: string, message: string, phase: Phase): Refusal | undefined {
  return meanings.find(
    (meaning) => (meaning.phase ?? phase) === phase && meaning.when.test(`${state} ${message}`),
  );
}
