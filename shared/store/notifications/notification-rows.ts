/** The one place where rows of notifications and contracts become what the domain knows, and back. */

import type { ReasonCode } from '../../codes/reasons.ts';
import type { Contract, ContractState } from '../../notifications/contract.ts';
import type { NotificationRoute, Outcome, StoredNotification } from '../../notifications/notification.ts';
import type { Facts, Located, NewNotification, Verdict } from '../../notifications/ports.ts';
import { atMs, atS } from '../postgres/columns.ts';
import { timeOf, type Values } from '../register/register-rows.ts';
import { isSame } from './message-places.ts';

/** SQL: what became of a row of `messages`. */
export function outcomeOf(row: string): string {
  return `coalesce(${row}.outcome, 'applied')`;
}

/** Types as they are stored, where that is shorter. */
const longTypes: Readonly<Record<string, string>> = { C: 'MultiFlowSignQrCodeCost', F: 'FlowStatusChange' };
const shortType = (msgType: string) =>
  Object.keys(longTypes).find((short) => longTypes[short] === msgType) ?? msgType;

/** How a type may stand in a row: one that an older version has written has it in full. */
export const writtenTypes = (msgType: string) => [shortType(msgType), msgType];

/** How an outcome is stored. */
export const writtenOutcome = (outcome: Outcome) => (outcome === 'applied' ? null : outcome);

/** SQL: is a row `n` a message that a contract was charged for which says when? In the words of its index. */
export const isTimedCost = `n.msg_type in ('C', 'MultiFlowSignQrCodeCost') and n.organization is not null
  and n.occurred_from is distinct from 'receipt'`;

/** `n`: messages. */
export const notificationColumns = `
  n.notification_id as "notificationId", n.msg_id as "msgId", n.msg_type as "msgType", n.msg_version as "msgVersion",
  n.route_token as "routeToken", n.route_generation as "routeGeneration", n.source_ip as "sourceIp",
  n.key_index as "keyIndex", n.token_index as "tokenIndex", n.body_sealed as "isClear",
  ${atMs('n.received_at', 'receivedAtMs')}, ${atS('n.received_at', 'receivedAtS')}, ${atS('n.occurred_at', 'occurredAtS')},
  n.occurred_from as "occurredFrom", ${outcomeOf('n')} as outcome, n.reason, n.app_id as "appId", n.organization, n.code_id as "codeId",
  n.generation, n.flow_id as "flowId", n.copies, n.failures, ${atS('n.due_at', 'dueAtS')},
  ${atS('n.settled_at', 'settledAtS')},
  n.body is not null or exists (select from message_bodies b where ${isSame('b', 'n')}) as "bodyKept"`;

/** What is as usual is not written down: then it is null, and the version empty. */
const usual = { msgVersion: 'ThirdPartyApp', occurredFrom: 'OccurTime' };

/** The reason of what was applied, by the type of the message. */
const usualReasons: Readonly<Record<string, ReasonCode>> = {
  MultiFlowSignQrCodeCost: 'CostCounted',
  FlowStatusChange: 'ContractFollowed',
};

/** The text of a reason; null: what was applied has the reason that is usual for its type. */
export function reasonText(msgType: string, { outcome, reason }: Verdict): string | null {
  const isUsual =
    outcome === 'applied' && reason.facts === undefined && reason.code === usualReasons[msgType];
  return isUsual ? null : JSON.stringify(reason);
}

export interface NotificationRow
  extends Omit<StoredNotification, 'route' | 'reason' | 'occurredFrom' | 'copies' | 'failures'> {
  routeToken: string | null;
  routeGeneration: number | null;
  isClear: boolean | null;
  occurredFrom: string | null;
  reason: string | null;
  copies: number | null;
  failures: number | null;
  receivedAtMs: number;
}

export function toNotification(row: NotificationRow): StoredNotification & { receivedAtMs: number } {
  const { routeToken, routeGeneration, isClear, reason, ...rest } = row;
  const { msgVersion, outcome, settledAtS } = rest;
  const msgType = longTypes[rest.msgType] ?? rest.msgType;
  const route: NotificationRoute =
    routeToken === null || routeGeneration === null
      ? { kind: 'application' }
      : { kind: 'code', token: routeToken, generation: routeGeneration };
  return {
    ...rest,
    msgType,
    msgVersion: msgVersion === '' ? usual.msgVersion : msgVersion,
    keyIndex: isClear ? null : (rest.keyIndex ?? 0),
    tokenIndex: rest.tokenIndex ?? 0,
    receivedAtS: Math.floor(rest.receivedAtS),
    occurredFrom: rest.occurredFrom ?? usual.occurredFrom,
    route,
    // JSON.parse gives `any`: the text was written from a Reason.
    reason: reason === null ? { code: usualReasons[msgType] ?? 'CostCounted' } : JSON.parse(reason),
    copies: rest.copies ?? 1,
    failures: rest.failures ?? 0,
    settledAtS: outcome === 'pending' ? settledAtS : (settledAtS ?? rest.receivedAtS),
  };
}

/** Column and value of what is known of a notification when it comes in. */
function notificationValues(notification: NewNotification): Values {
  const { message, route } = notification;
  const coded = route.kind === 'code' ? route : undefined;
  return {
    notification_id: notification.notificationId,
    msg_id: message.msgId,
    msg_type: shortType(message.msgType),
    msg_version: shortVersion(message.msgVersion),
    body_sealed: notification.bodySealed || null,
    route_token: coded?.token ?? null,
    route_generation: coded?.generation ?? null,
    source_ip: notification.sourceIp,
    key_index: notification.keyIndex || null,
    token_index: notification.tokenIndex || null,
    received_at: timeOf(notification.receivedAtMs / 1000),
    occurred_at: timeOf(notification.occurredAtS),
    occurred_from: notification.occurredFrom === usual.occurredFrom ? null : notification.occurredFrom,
    flow_id: notification.flowId,
    flow_status: notification.flowStatus,
  };
}

/** A message with an empty version has none. */
function shortVersion(version: string | null): string | null {
  return version === usual.msgVersion ? '' : version || null;
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

/**
 * The columns of a notification that comes in, and their values as parameters of a select list. What else is written
 * with it are CTEs: `filed`, a row if its id is new, and `kept`, its body.
 */
export function givenNotification(notification: NewNotification, param: (value: unknown) => string) {
  const values = notificationValues(notification);
  const columns = Object.keys(values);
  const given = columns.map((column) => `${param(values[column])}::${casts[column] ?? 'text'}`);
  const of = (column: string) => given[columns.indexOf(column)] ?? 'null';
  const [id, receivedAt, occurredAt] = [of('notification_id'), of('received_at'), of('occurred_at')];
  const content = [notification.body, notification.contentSignature].map((text) => `${param(text)}::text`);
  const filing = (from: string, copy = '') =>
    `filed as (insert into message_ids select ${receivedAt}, ${id} from ${from} ${copy} returning 1),
     kept as (insert into message_bodies select ${receivedAt}, ${id}, ${content} from filed where ${content[0]} is not null)`;
  return { columns, given, receivedAt, occurredAt, content, filing };
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
