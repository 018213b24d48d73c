/**
 * By which column an engine of several machines (Citus, TDSQL for PostgreSQL) would spread the rows of each table. Tables
 * with the same key stand together in a join. `everywhere`: small, and the same on each machine.
 */
export const distributionKeys = {
  codes: 'code_id',
  generations: 'code_id',
  daily_uses: 'code_id',
  attempts: 'attempt_id',
  contracts: 'flow_id',
  messages: 'notification_id',
  message_ids: 'notification_id',
  message_bodies: 'notification_id',
  events: 'event_id',
  deliveries: 'delivery_id',
  delivery_attempts: 'delivery_id',
  batches: 'batch_id',
  batch_rows: 'batch_id',
  audit: 'audit_id',
  idempotency_records: 'idempotency_key',
  key_calls: 'key_id',
  notification_rejections: 'source_ip',
  api_keys: 'everywhere',
  event_subscriptions: 'everywhere',
  migration_steps: 'everywhere',
  notices: 'everywhere',
  organization_settings: 'everywhere',
  organizations: 'everywhere',
  rate_limits: 'everywhere',
  schema_migrations: 'everywhere',
} as const satisfies Record<string, string>;

export type DistributedTable = keyof typeof distributionKeys;

/** Statements that a machine alone cannot answer, and why that is borne. */
interface Exception {
  tables: readonly DistributedTable[] | 'all';
  /** What such a statement has in it. */
  has: RegExp;
  reason: string;
}

/** Of what notifications bring about, what looks at them, retention, and the life of a code. */
export const unroutedStatements: readonly Exception[] = [
  {
    tables: ['generations'],
    has: /g\.qr_code_id = |qr_code_id = wanted\.id/,
    reason: 'a message names a QR code, and not its code: each machine looks into an index',
  },
  {
    tables: ['codes', 'generations'],
    has: /c\.callback_token = /,
    reason:
      'a message came to an address of a code, which has a token of its own: each machine looks into an index',
  },
  {
    tables: ['messages'],
    has: /flow_id = \$\d+(::text)?\)?\s+and (n\.|h\.)?outcome = 'kept'|where flow_id = \$1 and outcome/,
    reason:
      'what was heard of a contract before it was known: an index of what is kept alone, on each machine',
  },
  {
    tables: ['messages'],
    has: /n\.msg_id = \$1/,
    reason:
      'a copy of what came before ids followed from MsgId: its time leads to a partition, on each machine',
  },
  {
    tables: ['messages', 'message_bodies'],
    has: /where n\.flow_id = \$1 returning/,
    reason: 'a contract is forgotten, by hand: all that came about it',
  },
  {
    tables: ['messages', 'contracts'],
    has: /n\.due_at <= to_timestamp|exists \(select from contracts k where k\.flow_id = n\.flow_id\)/,
    reason: 'a timer takes what is due, whichever machine has it',
  },
  {
    tables: ['messages', 'attempts'],
    has: /n\.occurred_at > o\.failed_at|order by date_bin\('1 hour', n\.occurred_at/,
    reason: 'when an organisation last had quota: each machine looks into an index of costs',
  },
  {
    tables: ['messages'],
    has: /order by n\.received_at desc, n\.notification_id desc/,
    reason: 'a page of a list: each machine gives its newest',
  },
  {
    tables: ['codes', 'generations'],
    has: /c\.template_id = \$1 and c\.flow_name = any/,
    reason: 'codes that a contract may have been started with: each machine looks into an index',
  },
  {
    tables: 'all',
    has: /for update skip locked\)$/,
    reason: 'retention deletes the oldest, whichever machine has them',
  },
  {
    tables: ['audit'],
    has: /^insert into audit \(actor, action, subject, reason\)/,
    reason: 'the database makes the id',
  },
  {
    tables: ['codes', 'generations'],
    has: /c\.template_id = \$1 and \(\$2 = '' or c\.organization = \$2\)/,
    reason: 'the codes of a template that has been lost are told one page after the other',
  },
  {
    tables: ['events'],
    has: /data = jsonb_set\(e\.data/,
    reason: 'a contract is forgotten, by hand: the events of its code',
  },
  {
    tables: ['notification_rejections'],
    has: /from notification_rejections where hour >= /,
    reason: 'what was turned away is looked at by hand',
  },
  {
    tables: ['codes', 'generations', 'attempts'],
    has: /(due_at|warn_at|g\.expires_at) <= to_timestamp|c\.held|a\.state in \('planned', 'sent'\)\s+and/,
    reason: 'a timer takes codes and calls that are due, whichever machine has them',
  },
  {
    tables: ['codes'],
    has: /c\.slug = \$1/,
    reason: 'who has a poster in hand knows a slug: each machine looks into an index',
  },
  {
    tables: ['generations'],
    has: /where qr_code_id = \$1|g\.qr_code_id = \$2/,
    reason: 'a caller names a QR code, and not its code: each machine looks into an index',
  },
  {
    tables: ['attempts'],
    has: /code_id = (any\(|\(select|\$1)/,
    reason: 'the attempts of a code: some are about a QR code that has none, so that it cannot be their key',
  },
  {
    tables: ['contracts'],
    has: /k\.code_id = any\(/,
    reason:
      'the contracts of a code: a message that names one names nothing else, so that the code cannot be their key',
  },
  {
    tables: ['codes'],
    has: /order by c?\.?created_at desc/,
    reason: 'a page of the list of codes: each machine gives its newest',
  },
];
