/** Codes that are due, and how far their renewal has come. */
import { setTimeout as sleep } from 'node:timers/promises';
import { defaultPolicy } from '../shared/codes/renewal/renewal-policy.ts';
import type { Database } from '../shared/store/postgres/database.ts';
import { createBody } from './create-environment.ts';
import type { TimerProcess } from './timer-process.ts';

const mostMs = 180_000;

/** Codes whose one generation ends within the hour: due since yesterday. */
export async function seedDueCodes(db: Database, count: number): Promise<void> {
  const { Agent, ...request } = createBody;
  await db.query(
    `insert into codes (code_id, slug, app_id, organization, operator, template_id, flow_name, request, max_flow_num,
       life_s, labels, policy, state, reason, version, generation, generations_made, committed, expires_at, due_at, held,
       renew_requested, failures, lease_token, search_text, search_grams, created_at, updated_at)
     select 'bench' || n, 'slug' || n, $2, $3, $4, $5, $6, $7, $8::int, 604800, '{}', $9, 'Active', '{"code":"Created"}', 1, 1,
       1, $8::int, now() + interval '1 hour', now() - interval '1 day' + n * interval '1 second', false, false, 0, 0, '', '{}',
       now() - interval '7 days', now() - interval '7 days' from generate_series(1, $1::int) n`,
    [
      count,
      Agent.AppId,
      Agent.ProxyOrganizationOpenId,
      Agent.ProxyOperator.OpenId,
      request.TemplateId,
      request.FlowName,
      JSON.stringify(request),
      request.MaxFlowNum,
      JSON.stringify(defaultPolicy),
    ],
  );
  await db.query(
    `insert into generations (code_id, number, qr_code_id, urls, max_flow_num, used, state, created_at, expires_at)
     select code_id, 1, 'before' || code_id, '{"QrCodeUrl":"","AppSignUrl":"","HttpSignUrl":""}', max_flow_num, 0, 'live',
       created_at, expires_at from codes where code_id like 'bench%'`,
  );
  await db.query('analyze codes; analyze generations');
}

/**
 * Resolves when so many are renewed, with how many it then were; throws when a process has ended or time is over.
 *
 * @param lookMs between two looks
 */
export async function renewedCodes(
  db: Database,
  timers: readonly TimerProcess[],
  wanted: number,
  lookMs = 100,
): Promise<number> {
  const untilMs = performance.now() + mostMs;
  for (;;) {
    const { rows } = await db.query<{ count: number }>(
      "select count(*)::int as count from generations where number = 2 and code_id like 'bench%'",
    );
    const count = rows[0]?.count ?? 0;
    if (count >= wanted) return count;
    if (performance.now() > untilMs) throw new Error(`${count} of ${wanted} codes are renewed`);
    if (timers.some(({ child }) => child.exitCode !== null)) throw new Error('a timer process has ended');
    await sleep(lookMs);
  }
}

/** Every code has its second generation and no third, one that lives, and one create in the journal that made it. */
export async function assertRenewedOnce(db: Database): Promise<void> {
  const { rows } = await db.query<{ codeId: string }>(
    `select c.code_id as "codeId" from codes c where c.code_id like 'bench%' and (
       c.generation <> 2
       or (select max(number) from generations g where g.code_id = c.code_id) <> 2
       or (select count(*) from generations g where g.code_id = c.code_id and g.state = 'live') <> 1
       or (select count(*) from attempts a where a.code_id = c.code_id and a.state = 'succeeded') <> 1
       or exists (select from attempts a where a.code_id = c.code_id and (a.state = 'unknown' or a.possible_orphan)))`,
  );
  if (rows.length > 0)
    throw new Error(`${rows.length} codes are not renewed exactly once, ${rows[0]?.codeId} is one`);
}
