import type { Database } from '../postgres/database.ts';

export interface ManyCodesOptions {
  count: number;
  /** Codes of organisation number n: every `organizations`th. */
  organizations: number;
  /** Unix seconds of the newest; each of the others is a second older than the next. */
  newestS: number;
}

/**
 * Fills the register in two statements. Half of the codes are due within a month; one in a thousand is `Failed`, one
 * in a hundred paused; one in fifty is due now. Ids: `c1`, slug `s1`, QR code `q1`; organisations `o0`, `o1` …
 */
export async function insertManyCodes(
  db: Database,
  { count, organizations, newestS }: ManyCodesOptions,
): Promise<void> {
  await db.query(
    `insert into codes (code_id, slug, app_id, organization, operator, template_id, flow_name, request, max_flow_num,
       life_s, external_id, labels, policy, state, reason, version, generation, generations_made, committed, expires_at,
       due_at, held, renew_requested, failures, lease_token, search_text, search_grams, created_at, updated_at)
     select 'c' || n, 's' || n, 'app', 'o' || n % $2, 'operator', 't' || n % 500, 'contract ' || n, '{}', 100,
       604800, case when n % 2 = 0 then 'x' || n end,
       case when n % 10 = 0 then array['ten', 'label-' || n % 1000] else array[]::text[] end,
       '{}', case when n % 1000 = 7 then 'Failed' when n % 100 = 3 then 'Paused' else 'Active' end,
       '{"code":"Created"}', 1, 1, 1, 100, to_timestamp($3) + n % 86400 * interval '30 second',
       case when n % 50 = 0 then to_timestamp($3) - interval '1 minute'
         when n % 2 = 0 then to_timestamp($3) + n % 86400 * interval '30 second' end,
       false, false, 0, 0, 'contract ' || n,
       array['co', 'on', 'nt', 'tr', 'ra', 'ac', 'ct', 't ', ' ' || substr(n::text, 1, 1)]
         || array(select substr(n::text, i, 2) from generate_series(1, length(n::text) - 1) i),
       at, at
     from generate_series(1, $1::int) n
     cross join lateral (select to_timestamp($3) - ($1::int - n) * interval '1 second' as at) t`,
    [count, organizations, newestS],
  );
  await db.query(
    `insert into generations (code_id, number, qr_code_id, urls, max_flow_num, used, state, created_at, expires_at)
     select code_id, 1, 'q' || substr(code_id, 2), '{"QrCodeUrl":"","AppSignUrl":"","HttpSignUrl":""}', 100, 0, 'live',
       created_at, expires_at from codes`,
  );
}
