import type { Database } from '../postgres/database.ts';
import { buildIndex } from './build-index.ts';
import type { Migration } from './migration.ts';

/** By what the audit trail is searched beside subject and time. */
const searches = { audit_of_actor: '(actor, at)', audit_of_action: '(action, at)' } as const;

/** Who did something and what was done are found however seldom it is: without an index that took the whole trail. */
export const auditSearches: Migration = {
  number: 21,
  name: 'audit-searches',
  steps: [
    // An index of all partitions is not built while they are written: each has its own first.
    { name: 'partitions by actor and action', run: indexPartitions },
    {
      name: 'the trail by actor and action',
      sql: Object.entries(searches)
        .map(([name, on]) => `create index ${name} on audit ${on};`)
        .join('\n'),
    },
  ],
};

async function indexPartitions(db: Database): Promise<void> {
  const { rows } = await db.query<{ part: string }>(
    "select inhrelid::regclass::text as part from pg_inherits where inhparent = 'audit'::regclass order by 1",
  );
  for (const { part } of rows)
    for (const [name, on] of Object.entries(searches))
      await buildIndex(db, `${part}_${name.replace('audit_', '')}`, `${part} ${on}`);
}
