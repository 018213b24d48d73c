/** The one place where rows of notifications and contracts become what the domain knows, and back. */
import type { Contract, ContractState } from '../../notifications/contract.ts';
import type { NotificationRoute, StoredNotification } from '../../notifications/notification.ts';
import type { Facts, Located, NewNotification } from '../../notifications/ports.ts';
import { atMs, atS } from '../postgres/columns.ts';
import { timeOf, type Values } from '../register/register-rows.ts';

/** `n`: notifications. */
export const notificationColumns = `
  n.notification_id as "notificationId", n.msg_id as "msgId", n.msg_type as "msgType", n.msg_version as "msgVersion",
  n.route_token as "routeToken", n.route_generation as "routeGeneration", n.source_ip as "sourceIp",
  n.key_index as "keyIndex", n.token_index as "tokenIndex", ${atMs('n.received_at', 'receivedAtMs')},
  ${atS('n.received_at', 'receivedAtS')}, ${atS('n.occurred_at', 'occurredAtS')}, n.occurred_from as "occurredFrom",
  n.outcome, n.reason, n.app_id as "appId", n.organization, n.code_id as "codeId", n.generation, n.flow_id as "flowId",
  n.copies, n.failures, ${atS('n.due_at', 'dueAtS')}, ${atS('n.settled_at', 'settledAtS')},
  n.body is not null as "bodyKept"`;

export interface NotificationRow extends Omit<StoredNotification, 'route' | 'reason'> {
  routeToken: string | null;
  routeGeneration: number | null;
  reason: string;
  receivedAtMs: number;
}

export function toNotification(row: NotificationRow): StoredNotification & { receivedAtMs: number } {
  const { routeToken, routeGeneration, reason, ...rest } = row;
  const route: NotificationRoute =
    routeToken === null || routeGeneration === null
      ? { kind: 'application' }
      : { kind: 'code', token: routeToken, generation: routeGeneration };
  // JSON.parse gives `any`: the text was written from a Reason.
  return { ...rest, receivedAtS: Math.floor(rest.receivedAtS), route, reason: JSON.parse(reason) };
}

/** Column and value of what is known of a notification when it comes in. */
function notificationValues(notification: NewNotification): Values {
  const { message, route } = notification;
  const coded = route.kind === 'code' ? route : undefined;
  return {
    notification_id: notification.notificationId,
    msg_id: message.msgId,
    msg_type: message.msgType,
    msg_version: message.msgVersion,
    body: notification.body,
    body_sealed: notification.bodySealed,
    content_signature: notification.contentSignature,
    route_token: coded?.token ?? null,
    route_generation: coded?.generation ?? null,
    source_ip: notification.sourceIp,
    key_index: notification.keyIndex,
    token_index: notification.tokenIndex,
    received_at: timeOf(notification.receivedAtMs / 1000),
    occurred_at: timeOf(notification.occurredAtS),
    occurred_from: notification.occurredFrom,
    flow_id: notification.flowId,
    flow_status: notification.flowStatus,
  };
}

/** Types that a parameter would not be given by its place in a select list. */
const casts: Readonly<Record<string, string>> = {
  body_sealed: 'boolean',
  route_generation: 'int',
  key_index: 'int',
  token_index: 'int',
  received_at: 'timestamptz',
  occurred_at: 'timestamptz',
};

/** The columns of a notification that comes in, and their values as parameters of a select list. */
export function givenNotification(notification: NewNotification, param: (value: unknown) => string) {
  const values = notificationValues(notification);
  const columns = Object.keys(values);
  const given = columns.map((column) => `${param(values[column])}::${casts[column] ?? 'text'}`);
  const of = (column: string) => given[columns.indexOf(column)] ?? 'null';
  return { columns, given, receivedAt: of('received_at'), occurredAt: of('occurred_at') };
}

/** `k`: contracts. */
export const contractColumns = `
  k.flow_id as "flowId", k.app_id as "appId", k.organization, k.code_id as "codeId", k.generation, k.link, k.state,
  k.charged, ${atS('k.started_at', 'startedAtS')}, ${atS('k.state_at', 'stateAtS')},
  ${atS('k.deadline_at', 'deadlineS')}, k.forgotten_at is not null as "isForgotten"`;

export function contractValues(contract: Contract): Values {
  return {
    flow_id: contract.flowId,
    app_id: contract.appId,
    organization: contract.organization,
    code_id: contract.codeId,
    generation: contract.generation,
    link: contract.link,
    state: contract.state,
    charged: contract.charged,
    // Of a contract that is forgotten the counts alone go on.
    ...(!contract.isForgotten && {
      started_at: timeOf(contract.startedAtS),
      state_at: timeOf(contract.stateAtS),
      deadline_at: timeOf(contract.deadlineS),
    }),
  };
}

/** Columns of what is located: `c` codes, `g` generations, `key` how they were found. */
export const locatedColumns = `
  c.code_id as "codeId", c.app_id as "appId", c.organization, c.external_id as "externalId", c.policy, g.number,
  g.qr_code_id as "qrCodeId", g.max_flow_num as "maxFlowNum", g.used, g.cost_messages as "costMessages",
  g.certain_contracts as "certainContracts", g.told_percent as "toldPercent", key.rank`;

/** What the statements that locate give, as JSON: null where there is nothing. */
export interface FactsRow {
  located: LocatedRow | null;
  contract: Contract | null;
  heard: { state: ContractState; atS: number }[] | null;
  blockedAtS: number | null;
}

interface LocatedRow
  extends Pick<Located, 'codeId' | 'appId' | 'organization' | 'externalId' | 'qrCodeId' | 'maxFlowNum'> {
  policy: string;
  number: number;
  used: number;
  costMessages: number;
  certainContracts: number;
  toldPercent: number;
  rank: 1 | 2 | 3;
}

const foundBy = { 1: 'route', 2: 'qr-code-id', 3: 'contract' } as const;

export function toFacts({ located, contract, heard, blockedAtS }: FactsRow): Facts {
  return {
    located: located === null ? undefined : toLocated(located, blockedAtS),
    contract: contract ?? undefined,
    heard: heard ?? [],
  };
}

function toLocated(row: LocatedRow, blockedAtS: number | null): Located {
  const { policy, number, used, costMessages, certainContracts, toldPercent, rank, ...rest } = row;
  // JSON.parse gives `any`: the text was written from a RenewalPolicy.
  const { ExhaustionPercent } = JSON.parse(policy) as { ExhaustionPercent: number };
  return {
    ...rest,
    generation: number,
    counts: { used, costMessages, certainContracts, toldPercent },
    exhaustionPercent: ExhaustionPercent,
    by: foundBy[rank],
    blockedAtS,
  };
}
