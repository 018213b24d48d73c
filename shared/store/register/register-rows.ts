/** The one place where rows of the register become what the domain knows, and back. */

import type { Code, Generation } from '../../codes/code.ts';
import type { Attempt } from '../../codes/life/attempt.ts';
import type { Organization } from '../../codes/quota/organization.ts';
import { gramsOf, searchTextOf } from './search-grams.ts';

/** Seconds of a `timestamptz`; the database keeps microseconds, which the domain has no use for. */
export const atS = (column: string, name: string) => `extract(epoch from ${column})::float8 as "${name}"`;
export const atMs = (column: string, name: string) =>
  `round(extract(epoch from ${column}) * 1000)::float8 as "${name}"`;

/** `c`: codes. */
export const codeColumns = `
  c.code_id as "codeId", c.slug, c.callback_token as "callbackToken", c.app_id as "appId", c.organization, c.operator, c.template_id as "templateId",
  c.flow_name as "flowName", c.qr_code_name as "qrCodeName", c.request, c.sealed, c.max_flow_num as "maxFlowNum",
  c.life_s as "lifeS", c.external_id as "externalId", c.labels, c.note, c.policy, c.state, c.reason, c.version,
  c.generations_made as "generationsMade", c.committed::float8 as committed, ${atS('c.due_at', 'dueAtS')}, ${atS('c.warn_at', 'warnAtS')}, c.held,
  c.renew_requested as "renewRequested", c.failures, ${atMs('c.created_at', 'createdAtMs')},
  ${atMs('c.updated_at', 'updatedAtMs')}`;

/** `g`: generations. */
export const generationColumns = `
  g.code_id as "codeId", g.number, g.qr_code_id as "qrCodeId", g.urls, g.max_flow_num as "maxFlowNum", g.used,
  g.cost_messages as "costMessages", g.certain_contracts as "certainContracts", g.told_percent as "toldPercent",
  g.told_expiring as "toldExpiring", g.state, ${atS('g.created_at', 'createdAtS')}, ${atS('g.expires_at', 'expiresAtS')}`;

/** {@link generationColumns} as one column, of a generation that is joined and may be missing. `g`: generations. */
export const currentColumn = `(select row_to_json(newest) from (select ${generationColumns}) newest) as current`;

/** Of {@link currentColumn}: with nothing but nulls where there is none. */
export interface CurrentRow {
  current: GenerationRow | Record<keyof GenerationRow, null>;
}

export function toCurrent({ current }: CurrentRow): Generation | null {
  return current.number === null ? null : toGeneration(current);
}

/** `a`: attempts. */
export const attemptColumns = `
  a.attempt_id as "attemptId", a.code_id as "codeId", a.app_id as "appId", a.organization, a.operator, a.generation,
  a.kind, a.state, a.qr_code_id as "qrCodeId", a.possible_orphan as "possibleOrphan",
  a.lease_token::text as "leaseToken", ${atS('a.due_at', 'dueAtS')}, a.failures, a.error_code as "errorCode",
  a.upstream_request_id as "upstreamRequestId", a.reason, ${atS('a.expires_at', 'expiresAtS')},
  ${atS('a.planned_at', 'plannedAtS')}, ${atS('a.settled_at', 'settledAtS')}`;

/** `o`: organizations. */
export const organizationColumns = `
  o.app_id as "appId", o.organization, o.quota_state as "quotaState", ${atS('o.since', 'sinceS')}, o.reason,
  ${atS('o.probe_at', 'probeAtS')}, o.probe_failures as "probeFailures",
  ${atS('o.failed_at', 'failedAtS')}, ${atS('o.proven_at', 'provenAtS')}`;

/** What was written as JSON comes back as text. */
type Row<T, Json extends keyof T> = Omit<T, Json> & Record<Json, string>;

export type CodeRow = Row<Omit<Code, 'current'>, 'request' | 'policy' | 'reason'>;
export type GenerationRow = Row<Generation, 'urls'>;
export type AttemptRow = Row<Attempt, 'reason'>;
export type OrganizationRow = Row<Organization, 'reason'>;

// JSON.parse gives `any`: each text was written by the statements below, from the very type that it is given here.

export function toCode(row: CodeRow, current: Generation | null): Code {
  return {
    ...row,
    request: JSON.parse(row.request),
    policy: JSON.parse(row.policy),
    reason: JSON.parse(row.reason),
    current,
  };
}

export function toGeneration(row: GenerationRow): Generation {
  return { ...row, urls: JSON.parse(row.urls) };
}

export function toAttempt(row: AttemptRow): Attempt {
  return { ...row, reason: JSON.parse(row.reason) };
}

export function toOrganization(row: OrganizationRow): Organization {
  return { ...row, reason: JSON.parse(row.reason) };
}

/** Column and value of what never changes in a code. */
export function fixedCodeValues(code: Code): Values {
  return {
    code_id: code.codeId,
    slug: code.slug,
    callback_token: code.callbackToken,
    app_id: code.appId,
    organization: code.organization,
    operator: code.operator,
    template_id: code.templateId,
    flow_name: code.flowName,
    qr_code_name: code.qrCodeName,
    request: JSON.stringify(code.request),
    sealed: code.sealed,
    max_flow_num: code.maxFlowNum,
    life_s: code.lifeS,
    created_at: timeOf(code.createdAtMs / 1000),
  };
}

/** Column and value of what may change in a code. */
export function changingCodeValues(code: Code): Values {
  const searchText = searchTextOf([
    code.flowName,
    code.qrCodeName,
    code.note,
    code.externalId,
    ...code.labels,
  ]);
  return {
    external_id: code.externalId,
    labels: code.labels,
    note: code.note,
    policy: JSON.stringify(code.policy),
    state: code.state,
    reason: JSON.stringify(code.reason),
    version: code.version,
    generation: code.current?.number ?? 0,
    generations_made: code.generationsMade,
    committed: code.committed,
    expires_at: timeOf(code.current?.expiresAtS ?? null),
    due_at: timeOf(code.dueAtS),
    warn_at: timeOf(code.warnAtS),
    held: code.held,
    renew_requested: code.renewRequested,
    failures: code.failures,
    search_text: searchText,
    search_grams: gramsOf(searchText),
    updated_at: timeOf(code.updatedAtMs / 1000),
  };
}

export function generationValues(generation: Generation): Values {
  return {
    code_id: generation.codeId,
    number: generation.number,
    qr_code_id: generation.qrCodeId,
    urls: JSON.stringify(generation.urls),
    max_flow_num: generation.maxFlowNum,
    used: generation.used,
    cost_messages: generation.costMessages,
    certain_contracts: generation.certainContracts,
    told_percent: generation.toldPercent,
    told_expiring: generation.toldExpiring,
    state: generation.state,
    created_at: timeOf(generation.createdAtS),
    expires_at: timeOf(generation.expiresAtS),
  };
}

export function attemptValues(attempt: Attempt): Values {
  return {
    attempt_id: attempt.attemptId,
    code_id: attempt.codeId,
    app_id: attempt.appId,
    organization: attempt.organization,
    operator: attempt.operator,
    generation: attempt.generation,
    kind: attempt.kind,
    lease_token: attempt.leaseToken,
    planned_at: timeOf(attempt.plannedAtS),
    ...changingAttemptValues(attempt),
  };
}

/** Column and value of what an answer changes in the journal. */
export function changingAttemptValues(attempt: Attempt): Values {
  return {
    state: attempt.state,
    qr_code_id: attempt.qrCodeId,
    possible_orphan: attempt.possibleOrphan,
    due_at: timeOf(attempt.dueAtS),
    failures: attempt.failures,
    error_code: attempt.errorCode,
    upstream_request_id: attempt.upstreamRequestId,
    reason: JSON.stringify(attempt.reason),
    expires_at: timeOf(attempt.expiresAtS),
    settled_at: timeOf(attempt.settledAtS),
  };
}

/** Column and value of what may change in an organisation. */
export function organizationValues(organization: Organization): Values {
  return {
    quota_state: organization.quotaState,
    since: timeOf(organization.sinceS),
    reason: JSON.stringify(organization.reason),
    probe_at: timeOf(organization.probeAtS),
    probe_failures: organization.probeFailures,
    failed_at: timeOf(organization.failedAtS),
    proven_at: timeOf(organization.provenAtS),
  };
}

/** Columns of a row and what is written into them. */
export type Values = Readonly<Record<string, unknown>>;

/** A time in the form in which the database reads it, whatever its time zone is. */
export function timeOf(seconds: number | null): string | null {
  return seconds === null ? null : new Date(Math.round(seconds * 1000)).toISOString();
}
