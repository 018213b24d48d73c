import type pg from 'pg';
import type { Given, Giving } from './giving.ts';
import { type Made, toolCall } from './life.ts';

/** The text of every column of every table that holds anything, by `table.column`; partitions are read as their table. */
export async function columnTexts(db: pg.Client): Promise<Map<string, string>> {
  const { rows } = await db.query<{ name: string; columns: string[] }>(
    `select table_name as name, array_agg(column_name::text) as columns from information_schema.columns
     where table_schema = current_schema() and not (select relispartition from pg_class where oid = table_name::regclass)
     group by table_name`,
  );
  const texts = new Map<string, string>();
  for (const { name, columns } of rows) {
    const all = columns.map((column) => `string_agg("${column}"::text, E'\\n') as "${column}"`).join(', ');
    const { rows: found } = await db.query<Record<string, string | null>>(`select ${all} from "${name}"`);
    for (const [column, text] of Object.entries(found[0] ?? {}))
      if (text !== null) texts.set(`${name}.${column}`, text);
  }
  return texts;
}

/** What those are answered who have brought nothing, by what they look at; the first few are all that a short run looks at. */
export async function answersToOthers(
  { send }: Pick<Giving, 'send'>,
  { viewer, code, batchId }: { viewer: Record<string, string>; code: Made; batchId: string | undefined },
): Promise<Map<string, string>> {
  const asViewer = (path: string, body: object = {}): Given => ({ path, headers: viewer, body });
  const few: Record<string, Given> = {
    codes: asViewer('DescribeMultiFlowSignQRCodes'),
    'one code': asViewer('DescribeMultiFlowSignQRCodes', { CodeId: code.codeId }),
    notifications: asViewer('DescribeNotifications'),
    rejections: { path: 'DescribeNotifications', body: { Rejections: true } },
    'page at the gate': { method: 'GET', path: `s/${code.slug}`, headers: { Accept: 'text/html' } },
    'file of the page': { method: 'GET', path: `s/${code.slug}.json` },
  };
  const more = (BatchId: string): Record<string, Given> => ({
    contracts: asViewer('DescribeContracts'),
    batches: asViewer('DescribeBatches'),
    rows: asViewer('DescribeBatchRows', { BatchId }),
    events: asViewer('DescribeEvents'),
    subscriptions: asViewer('DescribeEventSubscriptions'),
    organisations: asViewer('DescribeOrganizations'),
    keys: { path: 'DescribeApiKeys', body: {} },
    audit: { path: 'DescribeAuditLog', body: {} },
    figures: { method: 'GET', path: 'metrics' },
    'agent: codes': toolCall('find_codes', {}),
    'agent: code': toolCall('explain', { Id: code.codeId }),
    'agent: batch': toolCall('explain', { Id: BatchId }),
    'agent: failures': toolCall('recent_failures', { Hours: 168 }),
  });
  const answers = new Map<string, string>();
  for (const [name, given] of Object.entries({ ...few, ...(batchId !== undefined && more(batchId)) })) {
    const { status, answer } = await send(given);
    // 410 and 503 are how pages at a gate are answered.
    if (status >= 400 && ![410, 503].includes(status)) throw new Error(`${name}: ${status} ${answer}`);
    answers.set(name, answer);
  }
  return answers;
}
