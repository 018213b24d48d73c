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
  api_keys: 'everywhere',
  event_subscriptions: 'everywhere',
  migration_steps: 'everywhere',
  notices: 'everywhere',
  // Of each hour a hundred addresses, for 30 days: whoever inserts counts them.
  notification_rejections: 'everywhere',
  organization_settings: 'everywhere',
  organizations: 'everywhere',
  rate_limits: 'everywhere',
  schema_migrations: 'everywhere',
} as const satisfies Record<string, string>;

export type DistributedTable = keyof typeof distributionKeys;

/**
 * Unique indexes without the key of their table, and what rests on them. Such an engine does not take them: whoever moves
 * there has to replace those that something rests on.
 */
export const uniqueWithoutKey: Readonly<Record<string, string>> = {
  codes_slug: 'nothing: slugs are drawn at random',
  codes_callback_token: 'nothing: tokens are drawn at random',
  idempotency_records_token: 'nothing: tokens are drawn at random',
  generations_qr_code_id: 'nothing: upstream gives each QR code an id of its own',
  attempts_one_open_cancel: 'that a second cancel of a QR code is not inserted while one is open',
  deliveries_of_event: 'that an event is spread once to each subscription, however many runs overlap',
};
