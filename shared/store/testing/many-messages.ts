import type { Database } from '../postgres/database.ts';
import { analyzeTables } from './analyze-tables.ts';
import { insertInParts } from './insert-in-parts.ts';
import { makePastPartitions } from './past-partitions.ts';
import { withoutIndexes } from './without-indexes.ts';

/** Of a year. */
const days = 390;
const codes = 10_000;
const organizations = 199;

/** SQL for the columns of row `n` of what is posted: of each four, one tells of a charge and three of the states of its contract. */
const told = `'yDRscUUgyg1zr7wnUyJ8QMwwnHc4OOcQ' as app_id,
  'o91440300MA5' || lpad((n / 4 * 7919 % ${codes} % ${organizations})::text, 6, '0') as organization,
  'c' || substr(md5((n / 4 * 7919 % ${codes})::text), 1, 21) as code_id,
  case when n % 4 <> 0 then 'y' || substr(md5((n / 4)::text), 1, 31) end as flow_id,
  case n % 4 when 1 then 'INIT' when 2 then 'PART' when 3 then 'ALL' end as flow_status,
  '119.29.' || n % 8 || '.1' || n % 100 as source_ip, md5('message' || n) as msg_id`;

const contentSql = `repeat(md5(n::text), 22), 'sha256=' || md5(n::text) || md5(n::text)`;

/** What is stored of each, in short. */
const columns = `notification_id, msg_id, msg_type, msg_version, source_ip, received_at, occurred_at, app_id, organization,
  code_id, generation, flow_id, flow_status`;
const values = `id, msg_id, case when n % 4 = 0 then 'C' else 'F' end, '', source_ip, at, at,
  app_id, organization, code_id, 1, flow_id, flow_status`;

/** So many notifications, evenly over a year, as they lie when their bodies are gone. The newest come last. */
export async function insertManyMessages(db: Database, count: number): Promise<void> {
  await makePastPartitions(db, 'messages', 'month', 13);
  await withoutIndexes(db, ['message_ids'], () =>
    insertInParts(
      db,
      `with told as (
         select n, now() - interval '1 hour' - (1 - n / $3::float8) * interval '${days} days' as at, ${told}
         from generate_series($1::bigint, $2::bigint) n
       ),
       r as materialized (select *, notification_id_of(msg_id) as id from told),
       filed as (insert into message_ids (received_at, notification_id) select at, id from r)
       insert into messages (${columns}) select ${values} from r`,
      count,
    ),
  );
  await analyzeTables(db, 'vacuum analyze');
}

/** The id of a notification of {@link insertManyMessages} is that of this `MsgId`. */
export const organizationOf = (n: number) =>
  `o91440300MA5${String(((Math.floor(n / 4) * 7919) % codes) % organizations).padStart(6, '0')}`;

/**
 * A year in small: 144,000 notifications a day, 50 million a year, of which the bodies of the last twelfth part are there
 * (30 days of 396). The older form empties bodies where they lie, as the timer did, and is vacuumed as often as the server would by
 * itself; the newer one drops them.
 */
export async function liveSmallYear(db: Database, form: 'older' | 'newer', steps: number): Promise<void> {
  const perStep = 1000;
  const kept = Math.round(steps / 13.2);
  for (let step = 0; step < steps; step += 1) {
    const rows = `select n, '2026-11-01Z'::timestamptz + n * interval '0.6 seconds' as at, ${told}
      from generate_series($1::int, $2::int) n`;
    const range = [step * perStep, (step + 1) * perStep - 1];
    if (form === 'newer') {
      const bodies = `, kept as (insert into message_bodies select at, id, ${contentSql} from r)`;
      await db.query(
        `with told as (${rows}), r as materialized (select *, notification_id_of(msg_id) as id from told),
         filed as (insert into message_ids (received_at, notification_id) select at, id from r)
         ${step >= steps - kept ? bodies : ''}
         insert into messages (${columns}) select ${values} from r`,
        range,
      );
      continue;
    }
    await db.query(
      `with r as (${rows})
       insert into notifications (notification_id, msg_id, msg_type, msg_version, body, body_sealed, content_signature, source_ip,
         key_index, token_index, received_at, occurred_at, occurred_from, outcome, reason, app_id, organization, code_id,
         generation, flow_id, flow_status, settled_at)
       select substr(md5('id' || n), 1, 22), msg_id, case when n % 4 = 0 then 'MultiFlowSignQrCodeCost' else 'FlowStatusChange' end,
         'ThirdPartyApp', repeat(md5(n::text), 22), false, 'sha256=' || md5(n::text) || md5(n::text), source_ip, 0, 0, at, at,
         'OccurTime', 'applied', case when n % 4 = 0 then '{"code":"CostCounted"}' else '{"code":"ContractFollowed"}' end,
         app_id, organization, code_id, 1, flow_id, flow_status, at from r`,
      range,
    );
    if (step < kept) continue;
    await db.query(
      `update notifications set body = null, content_signature = null
       where body is not null and received_at < '2026-11-01Z'::timestamptz + $1::int * interval '0.6 seconds'`,
      [(step - kept + 1) * perStep],
    );
    // A fifth of the rows have changed: then the server's own vacuum begins.
    if (step % Math.max(1, Math.floor(step / 5)) === 0) await db.query('vacuum notifications');
  }
}
