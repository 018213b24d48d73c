import type { Migration } from './migration.ts';

/**
 * The words on a poster and the labels are found by a search, too. Written as the register writes them, but for letters
 * beyond ASCII in upper case, which some databases leave so: those are found when the code is next changed.
 */
export const search: Migration = {
  number: 7,
  name: 'search',
  sql: `
with lines as (
  select c.code_id, lower(normalize(line, NFKC)) as line
  from codes c cross join lateral unnest(array[c.qr_code_name] || c.labels) line where line <> ''
),
words as (
  select code_id, string_agg(line, E'\\n') as text from lines group by code_id
),
pairs as (
  select lines.code_id, array_agg(distinct substr(line, i, 2)) as grams
  from lines cross join lateral generate_series(1, char_length(line) - 1) i group by lines.code_id
)
update codes c set search_text = c.search_text || E'\\n' || words.text,
  search_grams = c.search_grams || coalesce(pairs.grams, array[]::text[])
from words left join pairs on pairs.code_id = words.code_id
where c.code_id = words.code_id;
`,
};
