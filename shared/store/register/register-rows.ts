/** The one place where rows of the register become what the domain knows, and back. */

import type { Code, Generation } from '../../codes/code.ts';
import type { Attempt } from '../../codes/life/attempt.ts';
import type { Organization } from '../../codes/quota/organization.ts';
import { columnOf, columns } from '../postgres/columns.ts';
import { gramsOf, searchTextOf } from './search-grams.ts';

/** `c`: codes. */
export const codeColumns = `${columns(
  'c',
  'code_id slug callback_token app_id organization operator template_id flow_name qr_code_name request sealed max_flow_num life_s external_id labels note policy state reason version generations_made due_at:s warn_at:s held renew_requested failures created_at:ms updated_at:ms',
)}, c.committed::float8 as committed`;

/** `g`: generations. */
export const generationColumns = columns(
  'g',
  'code_id number qr_code_id urls max_flow_num used cost_messages certain_contracts told_percent told_expiring state created_at:s expires_at:s',
);

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
export const attemptColumns = `${columns(
  'a',
  'attempt_id code_id app_id organization operator generation kind state qr_code_id possible_orphan due_at:s failures error_code upstream_request_id reason expires_at:s planned_at:s settled_at:s',
)}, a.lease_token::text as "leaseToken"`;

/** `o`: organizations. */
export const organizationColumns = columns(
  'o',
  'app_id organization quota_state since:s reason probe_at:s probe_failures failed_at:s proven_at:s',
);

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
    ...same(code, [
      'codeId',
      'slug',
      'callbackToken',
      'appId',
      'organization',
      'operator',
      'templateId',
      'flowName',
      'qrCodeName',
      'maxFlowNum',
      'lifeS',
    ]),
    request: JSON.stringify(code.request),
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
    ...same(code, [
      'sealed',
      'externalId',
      'labels',
      'note',
      'state',
      'version',
      'generationsMade',
      'committed',
      'held',
      'renewRequested',
      'failures',
    ]),
    ...times(code, ['dueAtS', 'warnAtS']),
    policy: JSON.stringify(code.policy),
    reason: JSON.stringify(code.reason),
    generation: code.current?.number ?? 0,
    expires_at: timeOf(code.current?.expiresAtS ?? null),
    search_text: searchText,
    search_grams: gramsOf(searchText),
    updated_at: timeOf(code.updatedAtMs / 1000),
  };
}

export function generationValues(generation: Generation): Values {
  return {
    ...same(generation, [
      'codeId',
      'number',
      'qrCodeId',
      'maxFlowNum',
      'used',
      'costMessages',
      'certainContracts',
      'toldPercent',
      'toldExpiring',
      'state',
    ]),
    ...times(generation, ['createdAtS', 'expiresAtS']),
    urls: JSON.stringify(generation.urls),
  };
}

export function attemptValues(attempt: Attempt): Values {
  return {
    ...same(attempt, [
      'attemptId',
      'codeId',
      'appId',
      'organization',
      'operator',
      'generation',
      'kind',
      'leaseToken',
    ]),
    ...times(attempt, ['plannedAtS']),
    ...changingAttemptValues(attempt),
  };
}

/** Column and value of what an answer changes in the journal. */
export function changingAttemptValues(attempt: Attempt): Values {
  return {
    ...same(attempt, ['state', 'qrCodeId', 'possibleOrphan', 'failures', 'errorCode', 'upstreamRequestId']),
    ...times(attempt, ['dueAtS', 'expiresAtS', 'settledAtS']),
    reason: JSON.stringify(attempt.reason),
  };
}

/** Column and value of what may change in an organisation. */
export function organizationValues(organization: Organization): Values {
  return {
    ...same(organization, ['quotaState', 'probeFailures']),
    ...times(organization, ['sinceS', 'probeAtS', 'failedAtS', 'provenAtS']),
    reason: JSON.stringify(organization.reason),
  };
}

/** Columns of a row and what is written into them. */
export type Values = Readonly<Record<string, unknown>>;

/** A time in the form in which the database reads it, whatever its time zone is. */
export function timeOf(seconds: number | null): string | null {
  return seconds === null ? null : new Date(Math.round(seconds * 1000)).toISOString();
}

/** Columns that are written as the domain has them: `codeId` is `code_id`. */
export function same<T extends object>(from: T, names: readonly (keyof T & string)[]): Values {
  return Object.fromEntries(names.map((name) => [columnOf(name), from[name]]));
}

/** Columns that hold times, which the domain has in seconds: `dueAtS` is `due_at`. */
function times<Name extends `${string}S`>(
  from: Readonly<Record<Name, number | null>>,
  names: readonly Name[],
): Values {
  return Object.fromEntries(names.map((name) => [columnOf(name.slice(0, -1)), timeOf(from[name])]));
}
