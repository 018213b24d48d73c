import type { DistributedTable } from './distribution-keys.ts';

/** Statements that a machine alone cannot answer, and why that is borne. */
interface Exception {
  tables: readonly DistributedTable[] | 'all';
  /** What such a statement has in it. */
  has: RegExp;
  reason: string;
}

const ofNotifications: readonly Exception[] = [
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
    tables: ['codes', 'generations'],
    has: /c\.template_id = \$1 and c\.flow_name = any/,
    reason: 'codes that a contract may have been started with: each machine looks into an index',
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
];

const ofCodes: readonly Exception[] = [
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
    has: /c\.external_id = (\$1|wanted)/,
    reason: 'a caller names a code by an id of their own: each machine looks into an index',
  },
  {
    tables: ['codes'],
    has: /c\.labels @> /,
    reason: 'what has a label is found by it: each machine looks into an index',
  },
  {
    tables: ['codes'],
    has: /c\.organization = any\(\$1::text\[\]\)$/,
    reason: 'is a name in a message that of an organisation? Each machine looks into an index',
  },
  {
    tables: ['generations'],
    has: /set urls = replace\(urls/,
    reason: 'a stand-in for upstream answers at another address: not in production',
  },
];

const ofBatches: readonly Exception[] = [
  {
    tables: ['batch_rows'],
    has: /r\.state = 'waiting' and \(r\.app_id, r\.organization\) > /,
    reason: 'a worker takes rows of each tenant in turn, whichever machine has them',
  },
];

const ofDeliveries: readonly Exception[] = [
  {
    tables: ['events'],
    has: /where fanned_out_at is null order by occurred_at/,
    reason: 'a timer spreads events, whichever machine has them',
  },
  {
    tables: ['deliveries'],
    has: /where d\.subscription_id = s\.subscription_id and d\.state = 'pending'/,
    reason: 'a timer takes what is due of each subscription, or given up with it, whichever machine has it',
  },
  {
    tables: ['deliveries', 'events'],
    has: /with wanted as \(\s+select d\.delivery_id|d\.event_id = e\.event_id and d\.subscription_id = s\.subscription_id/,
    reason:
      'a replay is asked for by event, code, subscription or time, by hand: each machine looks into an index',
  },
];

const ofAccess: readonly Exception[] = [
  {
    tables: ['idempotency_records'],
    has: /where token = \$1/,
    reason:
      'who has done the work has the token of the claim, and not its key: each machine looks into an index',
  },
];

const ofAll: readonly Exception[] = [
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
    tables: ['messages', 'contracts', 'codes', 'batches', 'deliveries', 'audit'],
    has: /order by ([a-z])\.(received_at|started_at|created_at|occurred_at|at) desc, \1\.[a-z]+_id desc$/,
    reason: 'a page of a list: each machine gives its newest',
  },
  {
    tables: ['codes', 'daily_uses'],
    has: /with recursive (steps|names) \(organization/,
    reason: 'what is known of organisations by name: each machine looks into an index for each',
  },
  {
    tables: 'all',
    has: /^select 'codes' as figure|^select 'batches' as work|^select count\(\*\)::int as count from/,
    reason: 'metrics, the next time of a timer and what is overdue: each machine counts its own by index',
  },
  {
    tables: 'all',
    has: /^select key as "keyId"|^select ctid::text as at|where ctid = \$1::tid and [a-z]+ = \$2/,
    reason:
      'a key of sealed texts is followed by another, by hand: each machine reads its own from end to end',
  },
];

/** Of everything that the store sends. */
export const unroutedStatements: readonly Exception[] = [
  ...ofNotifications,
  ...ofCodes,
  ...ofBatches,
  ...ofDeliveries,
  ...ofAccess,
  ...ofAll,
];
