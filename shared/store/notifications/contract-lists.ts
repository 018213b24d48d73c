import type { ContractFilter, ContractLists, ContractRecord } from '../../notifications/reading-ports.ts';
import { atMs } from '../postgres/columns.ts';
import type { Database } from '../postgres/database.ts';
import { among, type Param, pageSql, parameters, tenantsOf } from '../postgres/statements.ts';
import { contractColumns } from './notification-rows.ts';

type Page = Parameters<ContractLists['list']>[1];

/** Reading pages of contracts. */
export function contractLists(db: Database): ContractLists {
  return {
    async list(filter, page) {
      const { text, params } = pageStatement(filter, page);
      const { rows } = await db.query<ContractRecord>(text, params);
      return rows;
    },
  };
}

function pageStatement(filter: ContractFilter, page: Page) {
  const { params, param } = parameters();
  const { conditions, each } = among('k.organization', tenantsOf(filter.organization, page.scope), param);
  const source = pageSql(
    {
      ...page,
      table: 'contracts',
      row: 'k',
      order: ['started_at', 'flow_id'],
      conditions: [
        'k.forgotten_at is null',
        ...conditions,
        ...conditionsOf(filter, param),
        ...(page.scope === null ? [] : [`k.app_id = ${param(page.scope.appId)}`]),
      ],
      each,
    },
    param,
  );
  const text = `select ${contractColumns}, ${atMs('k.started_at', 'startedAtMs')},
      c.code_id is not null as "isCodeKept", c.qr_code_name as "qrCodeName", c.external_id as "externalId",
      (c.request::json ->> 'FlowEffectiveDay')::int as "flowEffectiveDay"
    from ${source} k left join codes c on c.code_id = k.code_id
    order by k.started_at desc, k.flow_id desc`;
  return { text, params };
}

function conditionsOf(filter: ContractFilter, param: Param): string[] {
  const { flowId, codeId, qrCodeId, generation, state, unfinished, sinceS, untilS } = filter;
  return [
    flowId !== undefined && `k.flow_id = ${param(flowId)}`,
    codeId !== undefined && `k.code_id = ${param(codeId)}`,
    qrCodeId !== undefined &&
      `(k.code_id, k.generation) = (select g.code_id, g.number from generations g where g.qr_code_id = ${param(qrCodeId)})`,
    generation !== undefined && `k.generation = ${param(generation)}`,
    state !== undefined && `k.state = ${param(state)}`,
    // In the words of their index, as a parameter would hide from the planner that it fits.
    unfinished === true && "k.state in ('INIT', 'PART')",
    sinceS !== undefined && `k.started_at >= to_timestamp(${param(sinceS)})`,
    untilS !== undefined && `k.started_at < to_timestamp(${param(untilS)})`,
  ].filter((condition) => condition !== false);
}
