import type { Generation } from '../../codes/code.ts';
import type { PosterCode, PosterKey, PosterReads } from '../../codes/reading/ports.ts';
import type { LinkedCode, LinkReads } from '../../codes/renewal/ports.ts';
import { type GateRow, gateColumns, joinSettings, toGate } from '../organizations/gate-rows.ts';
import { atS } from '../postgres/columns.ts';
import type { Database } from '../postgres/database.ts';
import { type Param, parameters } from '../postgres/statements.ts';
import { claimIfDue } from './leased-codes.ts';
import { type GenerationRow, generationColumns } from './register-rows.ts';

/**
 * One row by key, with the newest generation and the lack of quota beside it: what most links are answered from. Plain
 * columns take the server half the time that JSON takes it.
 */
const followedStatement = `
  select c.code_id as "id", c.state as "codeState", c.policy, c.renew_requested as "renewRequested",
    c.max_flow_num as "askedFlowNum", c.life_s as "lifeS", c.generations_made as "generationsMade",
    c.committed::float8 as committed, ${atS('c.due_at', 'dueAtS')}, c.held, ${gateColumns},
    ${atS('o.since', 'lacksSinceS')}, ${atS('o.failed_at', 'failedAtS')}, ${generationColumns}
  from codes c left join generations g on g.code_id = c.code_id and g.number = c.generation
    left join organizations o on o.app_id = c.app_id and o.organization = c.organization and o.quota_state = 'blocked'
    ${joinSettings}
  where c.slug = $1`;

type LinkedRow = Omit<
  LinkedCode,
  'codeId' | 'state' | 'maxFlowNum' | 'policy' | 'current' | 'isBlocked' | 'quotaLack' | 'gate'
> &
  GateRow & {
    id: string;
    codeState: LinkedCode['state'];
    askedFlowNum: number;
    policy: string;
    held: boolean;
    /** Null where the organisation has quota. */
    lacksSinceS: number | null;
    failedAtS: number | null;
    /** Of the generation: nothing but nulls where the code has none. */
  } & (GenerationRow | Record<keyof GenerationRow, null>);

export function linkReads(db: Database): LinkReads {
  return {
    async followed(slug) {
      const { rows } = await db.query<LinkedRow>(followedStatement, [slug], { prepared: true });
      return rows.map(toLinked)[0];
    },
    claimIfDue: claimIfDue(db),
  };
}

function toLinked(row: LinkedRow): LinkedCode {
  return {
    codeId: row.id,
    state: row.codeState,
    // JSON.parse gives `any`: the text was written from a policy, as that of `urls` was from addresses.
    policy: JSON.parse(row.policy),
    renewRequested: row.renewRequested,
    maxFlowNum: row.askedFlowNum,
    lifeS: row.lifeS,
    generationsMade: row.generationsMade,
    committed: row.committed,
    dueAtS: row.dueAtS,
    isBlocked: row.held || row.lacksSinceS !== null,
    quotaLack: row.lacksSinceS === null ? null : { sinceS: row.lacksSinceS, failedAtS: row.failedAtS },
    gate: toGate(row),
    current: row.number === null ? null : generationIn(row),
  };
}

/** Alone, without what else the row has. */
function generationIn(row: GenerationRow): Generation {
  return {
    codeId: row.codeId,
    number: row.number,
    qrCodeId: row.qrCodeId,
    urls: JSON.parse(row.urls),
    maxFlowNum: row.maxFlowNum,
    used: row.used,
    costMessages: row.costMessages,
    certainContracts: row.certainContracts,
    toldPercent: row.toldPercent,
    toldExpiring: row.toldExpiring,
    state: row.state,
    createdAtS: row.createdAtS,
    expiresAtS: row.expiresAtS,
  };
}

/** Of several codes with one external id the one that is not cancelled is meant, if there is one. */
export function posterReads(db: Database): PosterReads {
  return {
    async posterCodes(key, scope, limit) {
      const { params, param } = parameters();
      const condition = posterCondition(key, param);
      const own =
        scope === null
          ? ''
          : `and c.app_id = ${param(scope.appId)} and c.organization = any(${param(scope.organizations)}::text[])`;
      const { rows } = await db.query<PosterRow>(
        `select c.code_id as "codeId", c.slug, c.external_id as "externalId", c.state = 'Cancelled' as "isCancelled",
           ${gateColumns}
         from codes c ${joinSettings} where ${condition} ${own} order by c.created_at, c.code_id limit ${param(limit)}`,
        params,
      );
      return rows.map(({ codeId, slug, externalId, isCancelled, ...row }) => ({
        ...{ codeId, slug, externalId, isCancelled },
        gate: toGate(row),
      }));
    },
  };
}

interface PosterRow extends Omit<PosterCode, 'gate'>, GateRow {}

function posterCondition(key: PosterKey, param: Param): string {
  if ('codeIds' in key) return `c.code_id = any(${param(key.codeIds)}::text[])`;
  if ('slug' in key) return `c.slug = ${param(key.slug)}`;
  const isAlive = "c.state <> 'Cancelled'";
  if ('externalId' in key) return `c.external_id = ${param(key.externalId)} and ${isAlive}`;
  return `c.labels @> ${param([key.label])}::text[] and ${isAlive}`;
}
