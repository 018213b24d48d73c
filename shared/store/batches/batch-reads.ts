import type { BatchRecord, RowRecord } from '../../codes/batch/batch.ts';
import type { BatchReads, BatchTarget, Selection } from '../../codes/batch/ports.ts';
import type { Scope } from '../../world.ts';
import { atMs, atS } from '../postgres/columns.ts';
import type { Database } from '../postgres/database.ts';
import { type Param, pageSql, parameters } from '../postgres/statements.ts';

/** `b`: batches. A batch has few rows, and they stand together in its index. */
const batchColumns = `
  b.batch_id as "batchId", b.app_id as "appId", b.organizations, b.operation, b.actor, b.total,
  ${atMs('b.created_at', 'createdAtMs')}, ${atS('b.cancelled_at', 'cancelledAtS')}, c.*`;
const countsOf = `cross join lateral (
  select ${atS('max(r.settled_at)', 'settledAtS')}, ${['waiting', 'done', 'failed', 'unknown', 'cancelled']
    .map((state) => `count(*) filter (where r.state = '${state}')::int as ${state}`)
    .join(', ')} from batch_rows r where r.batch_id = b.batch_id) c`;

type Counts = BatchRecord['counts'];
type BatchRow = Omit<BatchRecord, 'counts'> & Counts;

function toBatch({ waiting, done, failed, unknown, cancelled, ...batch }: BatchRow): BatchRecord {
  return { ...batch, counts: { waiting, done, failed, unknown, cancelled } };
}

/** SQL: is a batch about nothing but organisations of the scope? */
function visible(scope: Scope, param: Param): string {
  if (scope === null) return 'true';
  return `b.app_id = ${param(scope.appId)} and b.organizations <@ ${param(scope.organizations)}::text[]`;
}

/** Reading batches, and the codes that one is to change. */
export function batchReads(db: Database): BatchReads {
  return {
    async targets(selection, scope, limit) {
      const { params, param } = parameters();
      const { text } = targetsSql(selection, scope, limit, param);
      return (await db.query<BatchTarget>(text, params)).rows;
    },

    async find(batchId, scope) {
      const { params, param } = parameters();
      const { rows } = await db.query<BatchRow>(
        `select ${batchColumns} from batches b ${countsOf}
         where b.batch_id = ${param(batchId)} and ${visible(scope, param)}`,
        params,
      );
      return rows.map(toBatch)[0];
    },

    async list({ scope, after, limit }) {
      const { params, param } = parameters();
      const conditions = [visible(scope, param)];
      const source = pageSql(
        { table: 'batches', row: 'b', order: ['created_at', 'batch_id'], conditions, after, limit },
        param,
      );
      const { rows } = await db.query<BatchRow>(
        `select ${batchColumns} from ${source} b ${countsOf} order by b.created_at desc, b.batch_id desc`,
        params,
      );
      return rows.map(toBatch);
    },

    async rows(batchId, { state, after, limit }) {
      const { rows } = await db.query<Omit<RowRecord, 'errorText'> & { errorText: string | null }>(
        `select r.number, r.organization, r.code_id as "codeId", r.external_id as "externalId", r.state,
           r.error_code as "errorCode", r.error_text as "errorText", r.upstream_request_id as "upstreamRequestId",
           r.failures, ${atS('r.settled_at', 'settledAtS')}
         from batch_rows r where r.batch_id = $1 and r.number > $2 and ($3::text is null or r.state = $3)
         order by r.number limit $4`,
        [batchId, after, state ?? null, limit],
      );
      // JSON.parse gives `any`: the text was written from a Text.
      return rows.map(({ errorText, ...row }) => ({
        ...row,
        errorText: errorText === null ? null : JSON.parse(errorText),
      }));
    },
  };
}

function targetsSql(selection: Selection, scope: Scope, limit: number, param: Param): { text: string } {
  const seen =
    scope === null
      ? ''
      : `and c.app_id = ${param(scope.appId)} and c.organization = any(${param(scope.organizations)}::text[])`;
  const columns = `c.code_id as "codeId", c.app_id as "appId", c.organization, c.external_id as "externalId",
    c.state = 'Cancelled' as "isCancelled"`;
  if (selection.by === 'Label') {
    const { value, organization } = selection;
    const only = organization === undefined ? '' : `and c.organization = ${param(organization)}`;
    return {
      text: `select ${columns}, ${param(value)}::text as name from codes c
        where c.labels @> ${param([value])}::text[] and c.state <> 'Cancelled' ${seen} ${only}
        order by c.created_at, c.code_id limit ${param(limit)}`,
    };
  }
  const column = selection.by === 'CodeIds' ? 'c.code_id' : 'c.external_id';
  // Of each name the two that are meant the most: those that are not cancelled, then the newest.
  return {
    text: `select found.* from unnest(${param(selection.values)}::text[]) as wanted cross join lateral (
        select ${columns}, ${column} as name from codes c where ${column} = wanted ${seen}
        order by c.state = 'Cancelled', c.created_at desc, c.code_id limit 2
      ) found limit ${param(limit)}`,
  };
}
